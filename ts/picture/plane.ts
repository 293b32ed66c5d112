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
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value === 0) continue;
    const x = index % width;
    const y = Math.floor(index / width);
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    mass += value;
    momentX += value * (x + 0.5);
    momentY += value * (y + 0.5);
  }
  return { left, right, top, bottom, centreX: momentX / mass, centreY: momentY / mass };
}
