// What the paper reports, to set a run's figures beside: Y. LeCun et al., Neural Computation 1(4), 1989. Each figure is written here alone.

/** How one of the paper's nets does. Rates are 0 to 1. */
export interface PaperFigures {
  readonly train: PaperSplit;
  readonly test: PaperSplit;
  /** Test digits to reject so that at most `acceptedErrorRate` of the others are wrong. */
  readonly rejectedRate: number;
}

/** On one set of digits; what the paper does not give is missing. */
export interface PaperSplit {
  /** As the paper rounds it, which for LeNet-1's test digits is down: 102 of 2,007 are 5.08 %. */
  readonly misclassifiedRate: number;
  readonly misclassified?: number;
  readonly meanSquaredError?: number;
}

/** Digits of the two sets (§2). Those who repeat the paper take as many of MNIST. */
export const paperDigits = { train: 7291, test: 2007 } as const;

/** Passes over the training digits (§5). */
export const paperPasses = 23;

/** How long they took on a Sun-4/260, in days (§5). */
export const paperDays = 3;

/** The error on accepted digits that the paper rejects for (§5). */
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
