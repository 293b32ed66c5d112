// The connection table: which maps of H1 each map of H2 sees.

/**
 * The eight maps of H1 that each map of H2 sees, ascending, in the order of its kernels in `H2w`. Maps count from 0;
 * the paper names them from 1, H1.1 to H1.12 and H2.1 to H2.12.
 *
 * The paper leaves this open: which eight. These are those of both reproductions, raphaelsenn/lenet-1 and
 * karpathy/lecun1989-repro.
 */
export const connectionTable: readonly (readonly number[])[] = Object.freeze(
  [
    [0, 1, 2, 3, 4, 5, 6, 7],
    [4, 5, 6, 7, 8, 9, 10, 11],
    [0, 1, 2, 3, 8, 9, 10, 11],
  ].flatMap((maps) => Array.from({ length: 4 }, () => Object.freeze(maps))), // four maps of H2 that see the same
);
