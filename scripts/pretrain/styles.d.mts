/** Skeletons by label; `ratio` is width to height, `thickest` the widest readable pen, in heights. */
export const styles: readonly (readonly {
  readonly name: string;
  readonly ratio: number;
  readonly thickest: number;
  readonly strokes: readonly (readonly { readonly x: number; readonly y: number; readonly corner: boolean }[])[];
}[])[];
