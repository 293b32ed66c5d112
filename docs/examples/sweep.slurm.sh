#!/bin/bash
# A sweep as a Slurm array, one task a shard:
#
#   sbatch docs/examples/sweep.slurm.sh docs/examples/sweep-plan.json runs
#
# from the root of the repository, on a file system that all nodes see. Submitted again it goes on where it was.

#SBATCH --job-name=lenet1-sweep
#SBATCH --array=1-20
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=400M
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=sweep-%a.log

set -euo pipefail

# As many as --array has: a task that is submitted again by itself must still be one of twenty.
SHARDS=20

plan=${1:?expected a plan: sbatch sweep.slurm.sh PLAN.json DIRECTORY}
directory=${2:?expected a directory for the runs: sbatch sweep.slurm.sh PLAN.json DIRECTORY}

mkdir -p "$directory"
# exec, so that the SIGTERM of a time limit or a preemption reaches the sweep itself.
exec node scripts/sweep.mjs --plan "$plan" --out "$directory/$SLURM_ARRAY_TASK_ID.jsonl" \
  --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" --workers "$SLURM_CPUS_PER_TASK"
