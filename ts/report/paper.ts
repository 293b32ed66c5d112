// What the paper reports, to set a run's figures beside.

/** Figures of a net after its training. Rates are 0 to 1; those that the paper does not give are missing. */
export interface PaperFigures {
  readonly train: { readonly meanSquaredError?: number; readonly misclassifiedRate: number };
  readonly test: { readonly meanSquaredError?: number; readonly misclassifiedRate: number };
  /** Test digits to reject so that at most 1 % of the others are wrong. */
  readonly rejectedRate: number;
}

/** The error on accepted digits that the paper rejects for (§5). */
export const WANTED_RATE = 0.01;

/** The same in words. */
export const WANTED = '1 %';

/** LeNet-1 on the paper's 7,291 and 2,007 digits (§5). */
export const lenet1Figures: PaperFigures = {
  train: { meanSquaredError: 2.5e-3, misclassifiedRate: 0.0014 },
  test: { meanSquaredError: 1.8e-2, misclassifiedRate: 0.05 },
  rejectedRate: 0.121,
};

/** The paper's fully connected net of 40 hidden units, on the same digits (§5). */
export const fullyConnectedFigures: PaperFigures = {
  train: { misclassifiedRate: 0.016 },
  test: { misclassifiedRate: 0.081 },
  rejectedRate: 0.194,
};
