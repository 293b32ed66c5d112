"""Makes values/whole-runs.json with PyTorch: misclassified digits after each of 23 passes, for the README's seeds.

    python whole_runs.py --mnist DIR > values/whole-runs.json

Takes some minutes a run on one core. The nets, digits and orders are those of make_golden.py.
"""

import argparse
import json
import tempfile
from pathlib import Path

import torch

from make_golden import RECIPES, VERSIONS

PASSES = 23
RUNS = [("senn2025", 42), ("karpathy2022", 1337)]


def misclassified_by_pass(recipe, seed, mnist_root):
    """[train, test] after each pass."""
    run = RECIPES[recipe](mnist_root, seed)
    optimizer = torch.optim.SGD(run.net.parameters(), lr=run.learning_rate)
    counts = []
    for _ in range(PASSES):
        for _, image, target in run.training_patterns():
            optimizer.zero_grad()
            run.cost(run.net(image), target).backward()
            optimizer.step()
        with torch.no_grad():
            counts.append([run.evaluate(split)["misclassified"] for split in ("train", "test")])
    return counts


def main():
    parser = argparse.ArgumentParser(description="Makes whole-runs.json with PyTorch.")
    parser.add_argument("--mnist", type=Path, required=True, help="folder of the four raw IDX files of MNIST")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as mnist_root:
        raw = Path(mnist_root, "MNIST", "raw")
        raw.parent.mkdir()
        raw.symlink_to(arguments.mnist.resolve(), target_is_directory=True)
        runs = [
            {"recipe": recipe, "seed": seed, "misclassified": misclassified_by_pass(recipe, seed, mnist_root)}
            for recipe, seed in RUNS
        ]
    lines = ",\n".join(f"  {json.dumps(run)}" for run in runs)
    versions = json.dumps(VERSIONS)
    print(f'{{\n "versions": {versions},\n "misclassified": "[train, test] after each pass",\n "runs": [\n{lines}\n ]\n}}')


if __name__ == "__main__":
    main()
