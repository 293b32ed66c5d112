import type { Random } from './random.mjs';

/** What `drawNoDigit` draws, each as often. */
export const kinds: readonly string[];

/**
 * One picture that shows no digit. `mnist`: n · 784 bytes, 0 ground to 255 ink, and n labels; only read. Pixels are
 * RGBA, row by row. Throws RangeError if `mnist` has no digits, or not 784 bytes for each label, or 1s alone.
 */
export function drawNoDigit(
  random: Random,
  mnist: { readonly bytes: Uint8Array; readonly labels: Uint8Array },
): {
  readonly pixels: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
  readonly kind: string;
};
