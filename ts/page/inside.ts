// The inside of the net for an image: the activation of every unit, and the kernels between the layers.

import type { OutputRange } from '../recipes/output-ranges.ts';
import { mapName, mapRanges } from '../report/map-names.ts';
import { byId, make, setText } from './dom.ts';
import { type Activations, connectionTable, type StateDict } from './library.ts';
import { OutputBars } from './output-bars.ts';
import { clear, inkPalette, largestMagnitude, makePicture, paint, signedPalette } from './paint.ts';

const MAPS = connectionTable.length;
const KERNEL = 25;

/** The content of the view. */
export interface InsideContents {
  readonly image: Float32Array;
  readonly activations: Activations;
  readonly stateDict: StateDict;
  readonly outputRange: OutputRange;
}

/** A map of H1: its picture, its own kernel, and the kernel that the shown map of H2 lays over it. */
interface FirstCell {
  readonly cell: HTMLElement;
  readonly map: HTMLCanvasElement;
  readonly own: HTMLCanvasElement;
  readonly upper: HTMLCanvasElement;
}

/** A map of H2, which the user can point at. */
interface SecondCell {
  readonly button: HTMLButtonElement;
  readonly map: HTMLCanvasElement;
}

/** The view, in the page's own elements. */
export class Inside {
  readonly #input: HTMLCanvasElement;
  readonly #h1 = byId('h1-maps', HTMLElement);
  readonly #h2 = byId('h2-maps', HTMLElement);
  readonly #h3 = makePicture(30, 1, 'units');
  readonly #first: readonly FirstCell[];
  readonly #second: readonly SecondCell[];
  readonly #outputs = new OutputBars(byId('inside-outputs', HTMLElement));
  #contents: InsideContents | undefined;
  /** The map of H2 whose kernels are shown. */
  #shown = 0;
  /** The map of H2 that is shown when the pointer leaves. */
  #chosen = 0;

  constructor() {
    this.#input = byId('inside-input', HTMLCanvasElement);
    byId('h3-units', HTMLElement).append(this.#h3);
    this.#first = Array.from({ length: MAPS }, (_, map) => this.#makeFirst(map));
    this.#second = Array.from({ length: MAPS }, (_, map) => this.#makeSecond(map));
    this.#h2.addEventListener('pointerleave', () => this.#point(this.#chosen));
    this.#h2.addEventListener('keydown', (event) => this.#onKey(event));
    this.#point(0);
  }

  /** Shows an image's way through the net. */
  show(contents: InsideContents): void {
    this.#contents = contents;
    this.draw();
    this.#outputs.show(contents.activations.output, contents.outputRange, largestAt(contents.activations.output));
  }

  /** Paints again, in the theme's colours. */
  draw(): void {
    if (this.#contents === undefined) return;
    const { image, activations, stateDict } = this.#contents;
    const { h1, h2, h3 } = activations;
    paint(this.#input, image, 0, inkPalette());
    const h1Palette = signedPalette(largestMagnitude(h1, 1));
    const h2Palette = signedPalette(largestMagnitude(h2, 1));
    for (const [index, { map }] of this.#first.entries()) paint(map, h1, index * 64, h1Palette);
    for (const [index, { map }] of this.#second.entries()) paint(map, h2, index * 16, h2Palette);
    paint(this.#h3, h3, 0, signedPalette(largestMagnitude(h3, 1)));
    const kernels = stateDict.get('H1w')?.data ?? new Float32Array(MAPS * KERNEL);
    const palette = signedPalette(largestMagnitude(kernels, 1e-6));
    for (const [index, { own }] of this.#first.entries()) paint(own, kernels, index * KERNEL, palette);
    this.#drawUpperKernels();
  }

  #makeFirst(index: number): FirstCell {
    const map = makePicture(8, 8, 'map');
    const own = makePicture(5, 5, 'kernel');
    const upper = makePicture(5, 5, 'kernel');
    const cell = make('li', { class: 'first' }, map, make('span', { class: 'kernels' }, own, upper));
    cell.append(make('span', { class: 'name', 'aria-hidden': 'true' }, `${index + 1}`));
    this.#h1.append(cell);
    return { cell, map, own, upper };
  }

  #makeSecond(index: number): SecondCell {
    const map = makePicture(4, 4, 'map');
    const label = `${mapName('H2', index)}, sees ${seenBy(index)}`;
    const button = make('button', { type: 'button', 'aria-label': label }, map);
    button.append(make('span', { class: 'name', 'aria-hidden': 'true' }, `${index + 1}`));
    button.addEventListener('pointerenter', () => this.#point(index));
    button.addEventListener('focus', () => this.#point(index));
    button.addEventListener('click', () => this.#choose(index));
    this.#h2.append(make('li', {}, button));
    return { button, map };
  }

  /** The twelve maps are one stop of the tab key; arrows move between them. */
  #onKey(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (this.#chosen + step + MAPS) % MAPS;
    this.#choose(next);
    this.#second[next]?.button.focus();
  }

  #choose(map: number): void {
    this.#chosen = map;
    this.#point(map);
  }

  #point(map: number): void {
    this.#shown = map;
    const seen = connectionTable[map] ?? [];
    for (const [index, { button }] of this.#second.entries()) {
      button.tabIndex = index === this.#chosen ? 0 : -1;
      button.setAttribute('aria-pressed', String(index === this.#chosen));
      button.classList.toggle('pointed', index === map);
    }
    for (const [index, { cell }] of this.#first.entries()) cell.classList.toggle('unseen', !seen.includes(index));
    setText(byId('h2-sees', HTMLElement), `${mapName('H2', map)} sees ${seenBy(map)}.`);
    this.#drawUpperKernels();
  }

  /** The kernels that the shown map of H2 lays over the maps of H1, each under its map. */
  #drawUpperKernels(): void {
    const kernels = this.#contents?.stateDict.get('H2w')?.data;
    if (kernels === undefined) return;
    const start = this.#shown * 8 * KERNEL;
    const own = kernels.subarray(start, start + 8 * KERNEL);
    const palette = signedPalette(largestMagnitude(own, 1e-6));
    const seen = connectionTable[this.#shown] ?? [];
    for (const [index, { upper }] of this.#first.entries()) {
      if (seen.includes(index)) paint(upper, own, seen.indexOf(index) * KERNEL, palette);
      else clear(upper);
    }
  }
}

/** `maps 1 to 8 of H1`. */
function seenBy(map: number): string {
  return `maps ${mapRanges(connectionTable[map] ?? [])} of H1`;
}

function largestAt(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}
