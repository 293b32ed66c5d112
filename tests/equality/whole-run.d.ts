/** The run's recipes and seeds. */
export const runs: readonly { readonly recipe: 'senn2025' | 'karpathy2022'; readonly seed: number }[];
