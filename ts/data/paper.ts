// The paper's results, to compare a run's with: Y. LeCun et al., Neural Computation 1(4), 1989. The only place that has
// them.

/** The results of one of the paper's nets. Rates are 0 to 1. */
export interface PaperFigures {
  readonly train: PaperSplit;
  readonly test: PaperSplit;
  /** Test digits to reject so that at most `acceptedErrorRate` of the others are wrong. */
  readonly rejectedRate: number;
}

/** Results on one set of digits, as far as the paper gives them. */
export interface PaperSplit {
  /** As the paper rounds it. LeNet-1's test error is rounded down: 102 of 2,007 are 5.08 %. */
  readonly misclassifiedRate: number;
  readonly misclassified?: number;
  readonly meanSquaredError?: number;
}

/** Digits in the two sets (§2). Reproductions take as many of MNIST's. */
export const paperDigits = { train: 7291, test: 2007 } as const;

/** Passes over the training digits (§5). */
export const paperPasses = 23;

/** How long the training took on a Sun-4/260, in days (§5). */
export const paperDays = 3;

/** The paper rejects digits until at most this part of the accepted ones is wrong (§5). */
export const acceptedErrorRate = 0.01;

/** LeNet-1, after the last pass (§5). */
export const paperNet = {
  train: { misclassifiedRate: 0.0014, misclassified: 10, meanSquaredError: 2.5e-3 },
  test: { misclassifiedRate: 0.05, misclassified: 102, meanSquaredError: 1.8e-2 },
  rejectedRate: 0.121,
} as const;

/** The fully connected net of 40 hidden units, on the same digits (§5). */
export const paperFullyConnected: PaperFigures = {
  train: { misclassifiedRate: 0.016 },
  test: { misclassifiedRate: 0.081 },
  rejectedRate: 0.194,
};
