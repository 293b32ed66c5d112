// The pad for strokes by mouse, pen, finger or keys. Strokes are kept as lines: they can be undone, and redrawn in
// another theme.

import { byId, oncePerFrame, withTheme } from './dom.ts';
import type { Pixels } from './library.ts';
import { colorOf } from './paint.ts';

/** Side of the pad and width of its pen, in the pad's own pixels. */
const SIDE = 280;
const PEN = 20;
/** How far an arrow key moves the pen. */
const KEY_STEP = 14;

type Point = readonly [x: number, y: number];

/** The example that the pad begins with: the points where the strokes of a 3 turn. */
const example: readonly Point[] = [
  [88, 84],
  [104, 62],
  [136, 52],
  [168, 60],
  [184, 84],
  [176, 112],
  [150, 130],
  [124, 136],
  [156, 140],
  [184, 158],
  [192, 188],
  [176, 218],
  [142, 232],
  [106, 224],
  [86, 202],
];

/** A pad on a canvas. */
export class Pad {
  readonly #frame: HTMLElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #cursor = byId('pad-cursor', HTMLElement);
  readonly #changed: () => void;
  #strokes: Point[][] = [[...example]];
  #isExample = true;
  #pointer: number | undefined;
  /** The position of the keyboard's pen. */
  #pen: Point = [SIDE / 2, SIDE / 2];
  #isPenDown = false;

  /**
   * @param frame Takes strokes and keys. It holds the canvas and a mark for the keyboard's pen.
   * @param changed Called once per frame while the drawing changes.
   */
  constructor(frame: HTMLElement, changed: () => void) {
    const canvas = byId('pad-canvas', HTMLCanvasElement);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('expected a canvas that can be drawn on; got none');
    Object.assign(canvas, { width: SIDE, height: SIDE });
    this.#frame = frame;
    this.#context = context;
    this.#changed = oncePerFrame(() => {
      this.#draw();
      changed();
    });
    frame.addEventListener('pointerdown', (event) => this.#begin(event));
    frame.addEventListener('pointermove', (event) => this.#follow(event));
    for (const end of ['pointerup', 'pointercancel'] as const) {
      frame.addEventListener(end, ({ pointerId }) => {
        if (pointerId === this.#pointer) this.#pointer = undefined;
      });
    }
    frame.addEventListener('keydown', (event) => this.#onKey(event));
    frame.addEventListener('blur', () => {
      this.#isPenDown = false;
      this.#showCursor();
    });
    withTheme(() => this.#changed());
    this.#showCursor();
  }

  /** Whether it still shows the example. */
  get isExample(): boolean {
    return this.#isExample;
  }

  /** Whether nothing is drawn. */
  get isBlank(): boolean {
    return this.#strokes.length === 0;
  }

  /** The drawing: ink on a transparent ground. */
  get pixels(): Pixels {
    return this.#context.getImageData(0, 0, SIDE, SIDE);
  }

  /** Removes all strokes. */
  clear(): void {
    this.#strokes = [];
    this.#isExample = false;
    this.#isPenDown = false;
    this.#showCursor();
    this.#changed();
  }

  /** Removes the last stroke. */
  undo(): void {
    this.#strokes.pop();
    this.#isExample = false;
    this.#isPenDown = false;
    this.#showCursor();
    this.#changed();
  }

  #begin(event: PointerEvent): void {
    if (event.button !== 0 || this.#pointer !== undefined) return;
    this.#pointer = event.pointerId;
    this.#frame.setPointerCapture(event.pointerId);
    this.#isPenDown = false;
    this.#showCursor();
    this.#newStroke(this.#placeOf(event));
  }

  #follow(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length > 0 ? moves : [event]) this.#strokes.at(-1)?.push(this.#placeOf(move));
    this.#changed();
  }

  #placeOf({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = this.#frame.getBoundingClientRect();
    return [((clientX - left) * SIDE) / width, ((clientY - top) * SIDE) / height];
  }

  #newStroke(start: Point): void {
    if (this.#isExample) this.#strokes = [];
    this.#isExample = false;
    this.#strokes.push([start]);
    this.#changed();
  }

  #onKey(event: KeyboardEvent): void {
    const { key } = event;
    const moves: Readonly<Record<string, Point>> = {
      ArrowLeft: [-KEY_STEP, 0],
      ArrowRight: [KEY_STEP, 0],
      ArrowUp: [0, -KEY_STEP],
      ArrowDown: [0, KEY_STEP],
    };
    const move = moves[key];
    if (move !== undefined) this.#movePen(move);
    else if (key === ' ' || key === 'Enter') this.#turnPen();
    else if (key === 'Delete' || key === 'Backspace') this.clear();
    else if (key === 'z' && (event.ctrlKey || event.metaKey)) this.undo();
    else return;
    event.preventDefault();
  }

  #movePen([dx, dy]: Point): void {
    const within = (value: number): number => Math.max(PEN / 2, Math.min(SIDE - PEN / 2, value));
    this.#pen = [within(this.#pen[0] + dx), within(this.#pen[1] + dy)];
    if (this.#isPenDown) {
      this.#strokes.at(-1)?.push(this.#pen);
      this.#changed();
    }
    this.#showCursor();
  }

  #turnPen(): void {
    this.#isPenDown = !this.#isPenDown;
    if (this.#isPenDown) this.#newStroke(this.#pen);
    this.#showCursor();
  }

  #showCursor(): void {
    const [x, y] = this.#pen;
    this.#cursor.style.insetInlineStart = `${(100 * x) / SIDE}%`;
    this.#cursor.style.insetBlockStart = `${(100 * y) / SIDE}%`;
    this.#cursor.classList.toggle('down', this.#isPenDown);
  }

  #draw(): void {
    const context = this.#context;
    context.clearRect(0, 0, SIDE, SIDE);
    Object.assign(context, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round', strokeStyle: colorOf('ink') });
    for (const stroke of this.#strokes) drawSmoothly(context, stroke);
  }
}

/** Draws a stroke through the midpoints between its points, bent at the points. */
function drawSmoothly(context: CanvasRenderingContext2D, stroke: readonly Point[]): void {
  const [first, ...others] = stroke;
  if (first === undefined) return;
  const last = stroke.at(-1) ?? first;
  context.beginPath();
  context.moveTo(...first);
  for (const [index, point] of others.slice(0, -1).entries()) {
    const next = others[index + 1] ?? point;
    context.quadraticCurveTo(...point, (point[0] + next[0]) / 2, (point[1] + next[1]) / 2);
  }
  context.lineTo(...last);
  context.stroke();
}
