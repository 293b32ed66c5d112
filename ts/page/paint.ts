// Small pictures of numbers: one pixel per value, enlarged by the style sheet.

/** Red, green, blue, 0 to 255 each. */
type Color = readonly [number, number, number];

/** The colour of a value. */
export type Palette = (value: number) => Color;

/** A colour of the style sheet, `#rrggbb`. */
export function colorOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** For grey levels: the theme's colour of the sheet for −1, of ink for 1. */
export function inkPalette(): Palette {
  const [sheet, ink] = [parse(colorOf('sheet')), parse(colorOf('ink'))];
  return (value) => mix(sheet, ink, (value + 1) / 2);
}

/** For signed values: the sheet for 0, the positive colour from `limit` on, the negative one from −`limit` on. */
export function signedPalette(limit: number): Palette {
  const [sheet, positive, negative] = [colorOf('sheet'), colorOf('positive'), colorOf('negative')].map(parse);
  if (sheet === undefined || positive === undefined || negative === undefined) return () => [0, 0, 0];
  return (value) => mix(sheet, value < 0 ? negative : positive, Math.abs(value) / limit);
}

/** The largest magnitude among the values, or `least` if that is larger. A limit for a palette. */
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

/** A canvas of width × height values, hidden from screen readers: words beside it say the same. */
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
