// Simulated hands: 24 ways in which people write the ten digits, each by ten hands. Drawn here, with skeletons, pen and seed of its
// own: nothing of it is shared with what the ready-made net is trained on.

import type { Pixels } from '../../ts/entries/index.ts';

/** A drawn digit, and how it was drawn. */
export interface HandDrawn {
  readonly label: number;
  /** `crossed 7`. */
  readonly shape: string;
  /** `tiny`. */
  readonly hand: string;
  readonly pixels: Pixels;
}

type Point = readonly [x: number, y: number];
/** Points that the pen goes through, in a smooth line; one that is given twice is a corner. */
type Stroke = readonly Point[];

/** The shapes, in a box of 1 × 1, y downwards. */
const shapes: readonly (readonly [label: number, name: string, strokes: readonly Stroke[]])[] = [
  [0, 'plain 0', [oval(0.5, 0.5, 0.3, 0.48, -100, 265)]],
  [0, 'slashed 0', [oval(0.5, 0.5, 0.3, 0.48, -90, 270), line([0.76, 0.1], [0.24, 0.9])]],
  [1, 'plain 1', [line([0.5, 0.02], [0.5, 0.98])]],
  [1, 'flagged 1', [[...line([0.28, 0.3], [0.52, 0.02]), ...line([0.52, 0.02], [0.52, 0.98])]]],
  [
    1,
    'footed 1',
    [[...line([0.3, 0.24], [0.5, 0.03]), ...line([0.5, 0.03], [0.5, 0.96])], line([0.26, 0.96], [0.76, 0.96])],
  ],
  [
    2,
    'plain 2',
    [
      [
        [0.22, 0.25],
        [0.3, 0.08],
        [0.5, 0.02],
        [0.7, 0.1],
        [0.74, 0.28],
        [0.62, 0.5],
        [0.42, 0.72],
        [0.2, 0.95],
        [0.2, 0.95],
        [0.5, 0.96],
        [0.8, 0.95],
      ],
    ],
  ],
  [
    2,
    'looped 2',
    [
      [
        [0.22, 0.22],
        [0.34, 0.06],
        [0.56, 0.03],
        [0.7, 0.16],
        [0.66, 0.4],
        [0.5, 0.66],
        [0.32, 0.88],
        [0.2, 0.92],
        [0.18, 0.82],
        [0.3, 0.78],
        [0.46, 0.88],
        [0.62, 0.97],
        [0.84, 0.88],
      ],
    ],
  ],
  [
    3,
    'round 3',
    [
      [
        [0.24, 0.14],
        [0.42, 0.02],
        [0.66, 0.08],
        [0.7, 0.28],
        [0.56, 0.44],
        [0.42, 0.47],
        [0.42, 0.47],
        [0.64, 0.5],
        [0.76, 0.7],
        [0.66, 0.92],
        [0.44, 0.98],
        [0.22, 0.88],
      ],
    ],
  ],
  [
    3,
    'flat 3',
    [
      [
        ...line([0.24, 0.05], [0.72, 0.05]),
        ...line([0.72, 0.05], [0.46, 0.4]),
        [0.46, 0.4],
        [0.66, 0.46],
        [0.76, 0.66],
        [0.68, 0.9],
        [0.44, 0.98],
        [0.2, 0.88],
      ],
    ],
  ],
  [
    4,
    'open 4',
    [[...line([0.28, 0.04], [0.2, 0.56]), ...line([0.2, 0.56], [0.84, 0.56])], line([0.66, 0.1], [0.62, 0.98])],
  ],
  [
    4,
    'closed 4',
    [[...line([0.64, 0.98], [0.64, 0.02]), ...line([0.64, 0.02], [0.16, 0.66]), ...line([0.16, 0.66], [0.86, 0.66])]],
  ],
  [
    4,
    'lightning 4',
    [[...line([0.46, 0.02], [0.2, 0.54]), ...line([0.2, 0.54], [0.76, 0.5]), ...line([0.76, 0.5], [0.48, 0.98])]],
  ],
  [
    5,
    'plain 5',
    [
      [
        ...line([0.74, 0.04], [0.32, 0.04]),
        ...line([0.32, 0.04], [0.28, 0.44]),
        [0.28, 0.44],
        [0.5, 0.38],
        [0.72, 0.5],
        [0.76, 0.72],
        [0.62, 0.93],
        [0.4, 0.98],
        [0.2, 0.88],
      ],
    ],
  ],
  [
    5,
    'capped 5',
    [
      [
        ...line([0.36, 0.08], [0.3, 0.42]),
        [0.3, 0.42],
        [0.52, 0.4],
        [0.7, 0.54],
        [0.7, 0.78],
        [0.54, 0.95],
        [0.34, 0.97],
        [0.2, 0.86],
      ],
      line([0.36, 0.05], [0.8, 0.03]),
    ],
  ],
  [
    6,
    'closed 6',
    [
      [
        [0.64, 0.03],
        [0.42, 0.2],
        [0.28, 0.48],
        [0.26, 0.76],
        [0.4, 0.96],
        [0.62, 0.95],
        [0.74, 0.76],
        [0.66, 0.57],
        [0.46, 0.53],
        [0.29, 0.66],
      ],
    ],
  ],
  [
    6,
    'open 6',
    [
      [
        [0.7, 0.06],
        [0.46, 0.14],
        [0.28, 0.4],
        [0.22, 0.7],
        [0.34, 0.94],
        [0.58, 0.97],
        [0.76, 0.8],
        [0.68, 0.62],
        [0.52, 0.6],
        [0.44, 0.68],
      ],
    ],
  ],
  [7, 'plain 7', [[...line([0.2, 0.05], [0.78, 0.05]), ...line([0.78, 0.05], [0.38, 0.98])]]],
  [
    7,
    'crossed 7',
    [[...line([0.2, 0.06], [0.8, 0.05]), ...line([0.8, 0.05], [0.4, 0.98])], line([0.32, 0.5], [0.8, 0.5])],
  ],
  [
    7,
    'curly 7',
    [
      [
        [0.18, 0.2],
        [0.22, 0.06],
        [0.36, 0.07],
        [0.54, 0.12],
        [0.8, 0.05],
        [0.8, 0.05],
        [0.64, 0.32],
        [0.5, 0.62],
        [0.46, 0.98],
      ],
    ],
  ],
  [
    8,
    'narrow 8',
    [
      [
        [0.62, 0.1],
        [0.5, 0.02],
        [0.38, 0.12],
        [0.4, 0.32],
        [0.52, 0.48],
        [0.64, 0.7],
        [0.62, 0.9],
        [0.5, 0.98],
        [0.38, 0.9],
        [0.37, 0.7],
        [0.48, 0.5],
        [0.6, 0.32],
        [0.63, 0.14],
      ],
    ],
  ],
  [8, 'gourd 8', [oval(0.5, 0.25, 0.17, 0.22, 90, 450), oval(0.5, 0.72, 0.28, 0.25, -90, 270)]],
  [
    9,
    'straight 9',
    [
      [
        [0.7, 0.24],
        [0.56, 0.04],
        [0.34, 0.08],
        [0.26, 0.3],
        [0.4, 0.48],
        [0.6, 0.42],
        [0.7, 0.22],
        [0.7, 0.22],
        [0.69, 0.6],
        [0.68, 0.98],
      ],
    ],
  ],
  [
    9,
    'hooked 9',
    [
      [
        [0.72, 0.2],
        [0.54, 0.03],
        [0.34, 0.1],
        [0.28, 0.3],
        [0.42, 0.47],
        [0.62, 0.4],
        [0.73, 0.18],
        [0.73, 0.18],
        [0.74, 0.6],
        [0.66, 0.88],
        [0.46, 0.97],
        [0.26, 0.86],
      ],
    ],
  ],
  [
    9,
    'curved 9',
    [
      [
        [0.74, 0.14],
        [0.54, 0.03],
        [0.34, 0.12],
        [0.3, 0.34],
        [0.46, 0.46],
        [0.66, 0.36],
        [0.74, 0.12],
        [0.74, 0.12],
        [0.72, 0.42],
        [0.62, 0.72],
        [0.46, 0.98],
      ],
    ],
  ],
];

/** How a hand writes. Lengths are in pixels of a sheet of 280 × 280, or parts of the digit's height. */
interface Hand {
  readonly height: number;
  /** Of the skeleton, 1 as it is. */
  readonly width: number;
  /** The pen, as a part of the height. */
  readonly pen: number;
  /** Columns to the right for each row upwards. */
  readonly slant: number;
  /** How far points stray, as a part of the height. */
  readonly stray: number;
  /** Where the middle of the digit is. */
  readonly middle: Point;
  readonly ink: number;
  readonly paper: number;
}

const SHEET = 280;
const usual: Hand = {
  height: 170,
  width: 1,
  pen: 0.08,
  slant: 0,
  stray: 0.012,
  middle: [140, 140],
  ink: 20,
  paper: 250,
};

/** The ten hands. */
const hands: readonly (readonly [name: string, change: Partial<Hand>])[] = [
  ['big', { height: 256, pen: 0.07 }],
  ['tiny', { height: 14, pen: 0.1 }],
  ['narrow', { width: 0.42 }],
  ['off centre', { height: 100, middle: [66, 206] }],
  ['thin', { pen: 0.012 }],
  ['bold', { pen: 0.17 }],
  ['slanted right', { slant: 0.35 }],
  ['slanted left', { slant: -0.25 }],
  ['shaky', { stray: 0.04 }],
  ['light on dark', { ink: 235, paper: 25 }],
];

/** All 240: each shape by each hand. */
export function handDrawnDigits(): HandDrawn[] {
  const random = generator(1989);
  return shapes.flatMap(([label, shape, strokes]) =>
    hands.map(([hand, change]) => ({
      label,
      shape,
      hand,
      pixels: draw(strokes, { ...usual, ...change }, random),
    })),
  );
}

function draw(strokes: readonly Stroke[], hand: Hand, random: () => number): Pixels {
  const { height, width, pen, slant, stray, middle, ink, paper } = hand;
  const placed = strokes.map((stroke) => {
    const strayed = stroke.map(([x, y]): Point => [x + stray * normal(random), y + stray * normal(random)]);
    return smooth(strayed.length > 2 ? corners(stroke, strayed) : strayed).map(
      ([x, y]): Point => [middle[0] + height * ((x - 0.5) * width + slant * (0.5 - y)), middle[1] + height * (y - 0.5)],
    );
  });
  const radius = Math.max(0.7, (pen * height) / 2);
  const covered = new Float32Array(SHEET * SHEET);
  for (const stroke of placed) {
    for (const [place, from] of stroke.slice(0, -1).entries()) {
      const to = stroke[place + 1] ?? from;
      const [left, top] = [0, 1].map((axis) => Math.floor(Math.min(from[axis] ?? 0, to[axis] ?? 0) - radius - 1));
      const [right, bottom] = [0, 1].map((axis) => Math.ceil(Math.max(from[axis] ?? 0, to[axis] ?? 0) + radius + 1));
      for (let y = Math.max(0, top ?? 0); y < Math.min(SHEET, bottom ?? 0); y++) {
        for (let x = Math.max(0, left ?? 0); x < Math.min(SHEET, right ?? 0); x++) {
          const part = radius + 0.5 - distanceTo(from, to, [x + 0.5, y + 0.5]);
          covered[y * SHEET + x] = Math.max(covered[y * SHEET + x] ?? 0, Math.min(1, part));
        }
      }
    }
  }
  const data = new Uint8ClampedArray(SHEET * SHEET * 4);
  for (const [index, part] of covered.entries()) {
    const level = Math.round(paper + (ink - paper) * part);
    data.set([level, level, level, 255], index * 4);
  }
  return { data, width: SHEET, height: SHEET };
}

/** A corner is given twice: both stray alike. */
function corners(stroke: Stroke, strayed: readonly Point[]): Point[] {
  return strayed.map((point, place) => {
    const [before, own] = [stroke[place - 1], stroke[place]];
    const isSame = before !== undefined && own !== undefined && before[0] === own[0] && before[1] === own[1];
    return isSame ? (strayed[place - 1] ?? point) : point;
  });
}

/** Points along a curve of Catmull and Rom through the given ones; it breaks where one is given twice. */
function smooth(stroke: readonly Point[]): Point[] {
  const points: Point[] = [];
  for (let place = 0; place + 1 < stroke.length; place++) {
    const at = (offset: number): Point => stroke[Math.max(0, Math.min(stroke.length - 1, place + offset))] ?? [0, 0];
    const [before, from, to, after] = [at(-1), at(0), at(1), at(2)];
    for (let step = 0; step < 8; step++) {
      const t = step / 8;
      const axis = (a: 0 | 1): number =>
        0.5 *
        (2 * from[a] +
          (to[a] - before[a]) * t +
          (2 * before[a] - 5 * from[a] + 4 * to[a] - after[a]) * t ** 2 +
          (3 * from[a] - before[a] - 3 * to[a] + after[a]) * t ** 3);
      points.push([axis(0), axis(1)]);
    }
  }
  const last = stroke.at(-1);
  return last === undefined ? points : [...points, last];
}

/** From a point to a piece of a stroke. */
function distanceTo([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** A part of an oval, in degrees from the right, clockwise. */
function oval(x: number, y: number, a: number, b: number, from: number, to: number): Stroke {
  return Array.from({ length: 13 }, (_, step): Point => {
    const angle = ((from + ((to - from) * step) / 12) * Math.PI) / 180;
    return [x + a * Math.cos(angle), y + b * Math.sin(angle)];
  });
}

/** A straight stroke with a corner at either end. */
function line(from: Point, to: Point): Stroke {
  const between = (part: number): Point => [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  return [from, from, between(0.33), between(0.67), to, to];
}

/** A standard normal number, from twelve uniform ones. */
function normal(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += random();
  return sum;
}

/** Numbers from 0 to below 1: Marsaglia's xorshift. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
