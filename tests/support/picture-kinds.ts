// Kinds of pictures as people bring them, to judge how they are read: MNIST's test digits on many grounds, simulated hands, and
// pictures that show no digit.

import { NO_DIGIT, type Pixels } from '../../ts/entries/index.ts';
import { digitPicture, labels, noiseFrom, type Shade } from './digit-pictures.ts';
import { handDrawnDigits } from './hands.ts';
import { noDigitKinds, noDigits } from './no-digits.ts';

/** A picture, and what it shows. */
export interface LabelledPicture {
  readonly pixels: Pixels;
  /** 0 to 9, or `NO_DIGIT`. */
  readonly label: number;
}

/** A kind of pictures. */
export interface PictureKind {
  readonly name: string;
  /** The first `count` of them; fewer if there are not so many. */
  pictures(count: number): LabelledPicture[];
}

const SIDE = 240;

/** MNIST's first test digits, `size` × `size` pixels each in a sheet of so many. `shade`: a digit's, by its position. */
function ofMnist(name: string, size: number, side: number, shade: (position: number) => Shade): PictureKind {
  const picture = (position: number): Pixels =>
    digitPicture(position, { width: side, height: side, size }, shade(position));
  return { name, pictures: (count) => firstOfMnist(count, picture) };
}

function firstOfMnist(count: number, picture: (position: number) => Pixels): LabelledPicture[] {
  return Array.from({ length: count }, (_, position) => ({
    pixels: picture(position),
    label: labels[position] as number,
  }));
}

const dark: Shade = (ink) => 255 - 235 * ink;

/** The middle of the strokes alone: what has more ink than this. */
const thinned =
  (least: number): Shade =>
  (ink) =>
    255 - 235 * Math.min(1, Math.max(0, (4 * (ink - least)) / (1 - least)));

/** Ink that swallows seven tenths of the light, under so much of it at each place, and a little noise. */
const lit =
  (light: (x: number, y: number) => number) =>
  (position: number): Shade => {
    const noise = noiseFrom(position);
    return (ink, x, y) => light(x, y) * (1 - 0.7 * ink) + 4 * noise();
  };

/** Darkness from 0 to 1 over a soft edge; `at`: 0 on the edge, in parts of the picture. */
const soft = (at: number): number => 1 / (1 + Math.exp(-16 * at));

/** Ink over lines of a grey level. */
const over =
  (level: number, isLine: (x: number, y: number) => boolean): Shade =>
  (ink, x, y) =>
    Math.min(255 - 235 * ink, isLine(x, y) ? level : 255);

/** Whether a line of so many pixels passes through a place, one each `period`. */
const isOn = (place: number, period: number, phase: number, width: number): boolean =>
  (Math.floor(place * SIDE) + period - (phase % period)) % period < width;

/** A frame so many pixels from the picture's sides. */
const frame =
  (inset: number, width: number) =>
  (x: number, y: number): boolean => {
    const least = Math.min(Math.min(x, 1 - x) * SIDE, Math.min(y, 1 - y) * SIDE);
    return least >= inset && least < inset + width;
  };

/** A digit cut out along its ink, dark on light or the other way round. */
function cutOut(name: string, size: number, isLight: boolean): PictureKind {
  const shade: Shade = isLight ? (ink) => 20 + 235 * ink : dark;
  const picture = (position: number): Pixels => {
    const whole = digitPicture(position, { width: size, height: size, size }, shade);
    return cut(whole, (level) => (isLight ? level > 100 : level < 155));
  };
  return { name, pictures: (count) => firstOfMnist(count, picture) };
}

function cut({ data, width, height }: Pixels, isInk: (level: number) => boolean): Pixels {
  const inked = Array.from({ length: width * height }, (_, at) => at).filter((at) => isInk(data[4 * at] as number));
  const columns = inked.map((at) => at % width);
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  const [top, bottom] = [Math.floor((inked[0] as number) / width), Math.floor((inked.at(-1) as number) / width)];
  const part = { width: right - left + 1, height: bottom - top + 1 };
  const pixel = (at: number): number => 4 * ((top + Math.floor(at / part.width)) * width + left + (at % part.width));
  const bytes = Uint8ClampedArray.from(
    { length: 4 * part.width * part.height },
    (_, at) => data[pixel(at >> 2) + (at & 3)] as number,
  );
  return { data: bytes, ...part };
}

/** Of each at least 57 of 60 are to be read. */
export const mnistKinds: readonly PictureKind[] = [
  ofMnist('28×28, light on dark, as MNIST', 28, 28, () => (ink) => 255 * ink),
  ofMnist('14×14', 14, 14, () => dark),
  ofMnist('16 pixels in a sheet of 200×200', 16, 200, () => dark),
  ofMnist('thin strokes', 200, SIDE, () => thinned(0.75)),
  ofMnist('in a frame a few pixels from the edge', 190, SIDE, () => over(40, frame(4, 3))),
  ofMnist('in a frame farther in', 170, SIDE, () => over(40, frame(11, 4))),
  ofMnist('in a printed box', 150, SIDE, () => over(40, frame(28, 3))),
  ofMnist('on ruled paper', 190, SIDE, (digit) => over(130, (_x, y) => isOn(y, 42, digit, 2))),
  ofMnist('on boldly ruled paper', 190, SIDE, (digit) => over(70, (_x, y) => isOn(y, 55, digit, 3))),
  ofMnist('on squared paper', 190, SIDE, (digit) =>
    over(150, (x, y) => isOn(x, 30, 7 * digit, 2) || isOn(y, 30, digit, 2)),
  ),
  ofMnist('on boldly squared paper', 190, SIDE, (digit) =>
    over(90, (x, y) => isOn(x, 40, 7 * digit, 2) || isOn(y, 40, digit, 2)),
  ),
  cutOut('cut out along the ink', 200, false),
  cutOut('cut out along the ink, light on dark', 200, true),
  cutOut('cut out of 28×28', 28, false),
  ofMnist('faint, of 16 grey levels on clean paper', 200, SIDE, () => (ink) => 240 - 16 * ink),
  ofMnist('fainter, of 8 grey levels', 200, SIDE, () => (ink) => 240 - 8 * ink),
  ofMnist(
    'on a slope of light',
    190,
    SIDE,
    lit((x, y) => 240 - 80 * x - 80 * y),
  ),
  ofMnist(
    'on a steep slope',
    150,
    SIDE,
    lit((x, y) => 250 - 120 * x - 90 * y),
  ),
  ofMnist(
    'under a lamp',
    170,
    SIDE,
    lit((x, y) => 90 + 150 * Math.exp(-6 * ((x - 0.3) ** 2 + (y - 0.3) ** 2))),
  ),
];

/** Of these fewer are read. */
export const hardKinds: readonly PictureKind[] = [
  ofMnist('10×10', 10, 10, () => dark),
  ofMnist('very thin strokes', 200, SIDE, () => thinned(0.9)),
  ofMnist(
    'across the edge of a shadow',
    170,
    SIDE,
    lit((x, y) => (x + 0.4 * y > 0.7 ? 130 : 230)),
  ),
  ofMnist(
    'in the shadow of a hand',
    170,
    SIDE,
    lit((x, y) => 230 - 80 * soft(x + 0.5 * y - 0.85 + 0.08 * Math.sin(14 * y))),
  ),
  ofMnist(
    "in a hand's deep shadow",
    170,
    SIDE,
    lit((x, y) => 230 - 120 * soft(x + 0.3 * y - 0.75 + 0.1 * Math.sin(9 * y))),
  ),
];

const hands = handDrawnDigits();

/** The 240 simulated hands: 24 shapes each. */
export const handKinds: readonly PictureKind[] = [...new Set(hands.map(({ hand }) => hand))].map((name) => ({
  name: `simulated hand, ${name}`,
  pictures: (count) => hands.filter(({ hand }) => hand === name).slice(0, count),
}));

const none = noDigits();

/** Pictures that show no digit: 40 each. */
export const emptyKinds: readonly PictureKind[] = noDigitKinds.map((name) => ({
  name: `no digit: ${name}`,
  pictures: (count) =>
    none
      .filter(({ kind }) => kind === name)
      .slice(0, count)
      .map(({ pixels }) => ({ pixels, label: NO_DIGIT })),
}));
