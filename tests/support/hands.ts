// Simulated hands: 24 ways in which people write the ten digits, each by ten hands. Skeletons, pen and seed are the
// tests' own: nothing of it is shared with what the ready-made net is trained on.

import type { Pixels } from '../../ts/entries/index.ts';
import { generator, inked, line, onPaper, oval, type Point, type Stroke, written } from './pen.ts';

/** A drawn digit, and how it was drawn. */
export interface HandDrawn {
  readonly label: number;
  /** `crossed 7`. */
  readonly shape: string;
  /** `tiny`. */
  readonly hand: string;
  readonly pixels: Pixels;
}

/** Ways to write the digits, in a box of 1 × 1, y downwards. */
export const digitShapes: readonly (readonly [label: number, name: string, strokes: readonly Stroke[]])[] = [
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
  return digitShapes.flatMap(([label, shape, strokes]) =>
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
  const placed = written(strokes, stray, random).map((stroke) =>
    stroke.map(
      ([x, y]): Point => [middle[0] + height * ((x - 0.5) * width + slant * (0.5 - y)), middle[1] + height * (y - 0.5)],
    ),
  );
  return onPaper(inked(placed, Math.max(0.7, (pen * height) / 2), SHEET, SHEET), ink, paper);
}
