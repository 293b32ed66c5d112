// Small pictures of numbers: a pixel a value, blown up by the style sheet.

/** Red, green, blue, 0 to 255 each. */
type Color = readonly [number, number, number];

/** What colour a value has. */
export type Palette = (value: number) => Color;

/** A colour of the style sheet, `#rrggbb`. */
export function colorOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Grey levels: −1 the sheet, 1 the ink, in the theme's colours. */
export function inkPalette(): Palette {
  const [sheet, ink] = [parse(colorOf('sheet')), parse(colorOf('ink'))];
  return (value) => mix(sheet, ink, (value + 1) / 2);
}

/** Signed values: 0 the sheet, `limit` and more the positive colour, −`limit` and less the negative one. */
export function signedPalette(limit: number): Palette {
  const [sheet, positive, negative] = [colorOf('sheet'), colorOf('positive'), colorOf('negative')].map(parse);
  if (sheet === undefined || positive === undefined || negative === undefined) return () => [0, 0, 0];
  return (value) => mix(sheet, value < 0 ? negative : positive, Math.abs(value) / limit);
}

/** The largest magnitude among values, at least `least`: so that all find room in a palette. */
export function largestMagnitude(values: Float32Array, least: number): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), least);
}

/** Paints width·height values, row by row from `start`, onto a canvas of as many pixels. */
export function paint(canvas: HTMLCanvasElement, values: Float32Array, start: number, palette: Palette): void {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const picture = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue] = palette(values[start + pixel] ?? 0);
    picture.data.set([red, green, blue, 255], pixel * 4);
  }
  context.putImageData(picture, 0, 0);
}

/** Clears a canvas. */
export function clear(canvas: HTMLCanvasElement): void {
  canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
}

/** A canvas of width × height values; its meaning is said in words beside it. */
export function makePicture(width: number, height: number, className: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height, className });
  canvas.setAttribute('aria-hidden', 'true');
  return canvas;
}

function parse(color: string): Color {
  const channel = (start: number): number => Number.parseInt(color.slice(start, start + 2), 16) || 0;
  return [channel(1), channel(3), channel(5)];
}

function mix(from: Color, to: Color, share: number): Color {
  const part = Math.max(0, Math.min(1, share));
  const channel = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * part;
  return [channel(0), channel(1), channel(2)];
}
