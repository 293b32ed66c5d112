// Grey values with a width and a height, and where they are.

/** Values row by row. */
export interface Plane {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** The values above 0 of a plane. */
export interface Box {
  /** Their first and last column and row. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Their centre of mass, the middle of the first pixel being (0.5, 0.5). */
  readonly centreX: number;
  readonly centreY: number;
}

/** Where a plane's values above 0 are. */
export function boxOf({ values, width, height }: Plane): Box {
  let [left, right, top, bottom] = [width, 0, height, 0];
  let [mass, momentX, momentY] = [0, 0, 0];
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      const value = values[index] as number;
      if (value === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
      mass += value;
      momentX += value * (x + 0.5);
      momentY += value * (y + 0.5);
    }
  }
  return { left, right, top, bottom, centreX: momentX / mass, centreY: momentY / mass };
}

/** The longer side of the box of a plane's values above 0. */
export function sizeOf(plane: Plane): number {
  const { left, right, top, bottom } = boxOf(plane);
  return Math.max(right - left, bottom - top) + 1;
}
