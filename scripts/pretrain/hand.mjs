// From skeletons to lines in pixels: how a hand bends, slants, narrows and shakes what it writes.

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./skeleton.mjs').Skeleton} Skeleton
 * @typedef {{ xs: number[], ys: number[] }} Line a polyline, in pixels
 * @typedef {{ slant: number, rotation: number, jitter: number, shake: number, wideness: number }} Hand
 * `slant`: degrees, right above 0; `rotation`: degrees, clockwise; `jitter`, `shake`: in heights; `wideness`: a factor
 * of the width
 */

const RADIANS = Math.PI / 180;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * A hand: what the digits of one writer have in common.
 * @param {Random} random
 * @returns {Hand}
 */
export function makeHand(random) {
  const slant = random.chance(0.12) ? random.uniform(-35, 35) : clamp(9 + 12 * random.normal(), -35, 35);
  const rotation = clamp(4 * random.normal(), -12, 12);
  return {
    slant,
    rotation: clamp(slant + rotation, -38, 38) - slant,
    jitter: random.uniform(0.002, 0.02),
    shake: random.chance(0.6) ? 0 : random.logUniform(0.002, 0.012),
    wideness: random.chance(0.15) ? random.uniform(0.35, 0.6) : clamp(Math.exp(0.22 * random.normal()), 0.5, 1.7),
  };
}

/**
 * A skeleton as one hand writes it once.
 * @param {Random} random
 * @param {Skeleton} skeleton
 * @param {Hand} hand
 * @param {number} size the height, in pixels, of what is drawn
 * @param {{ narrowest?: number, widest?: number }} [limits] of width to height; default 0.2 and 1.3
 * @returns {Line[]} a line a stroke; their bounding box starts at 0, 0
 */
export function write(random, skeleton, hand, size, { narrowest = 0.2, widest = 1.3 } = {}) {
  const ratio = clamp(skeleton.ratio * hand.wideness, Math.min(narrowest, skeleton.ratio), widest);
  const bendX = Math.exp(0.12 * random.normal());
  const bendY = Math.exp(0.1 * random.normal());
  const strokes = skeleton.strokes.map((stroke) => {
    const shift = skeleton.strokes.length > 1 ? 0.008 + hand.jitter : 0;
    const [shiftX, shiftY] = [shift * random.normal(), shift * random.normal()];
    return stroke.map(({ x, y, corner }, index) => {
      const loose = hand.jitter * (index === 0 || index === stroke.length - 1 ? 1.4 : 1);
      return {
        x: ratio * bent(x, bendX) + loose * random.normal() * Math.min(1, ratio * 2) + shiftX,
        y: bent(y, bendY) + loose * random.normal() + shiftY,
        corner,
      };
    });
  });
  const leaning = strokes.map((stroke) => stroke.map((point) => lean(point, hand)));
  return atOrigin(scaled(leaning.map(smooth), size), hand.shake * size, random);
}

/** Keeps 0 and 1 in place and moves what lies between; what is off the box stays. */
function bent(value, power) {
  return value > 0 && value < 1 ? value ** power : value;
}

function lean({ x, y, corner }, { slant, rotation }) {
  const slanted = x + Math.tan(slant * RADIANS) * (0.5 - y);
  const [sin, cos] = [Math.sin(rotation * RADIANS), Math.cos(rotation * RADIANS)];
  return { x: slanted * cos - y * sin, y: slanted * sin + y * cos, corner };
}

/** Points of a centripetal Catmull-Rom curve through those given, broken at corners; some 0.01 apart. */
export function smooth(points) {
  const line = { xs: [points[0].x], ys: [points[0].y] };
  for (let from = 0; from + 1 < points.length; from++) {
    const [a, b] = [points[from], points[from + 1]];
    const before = from === 0 || a.corner ? undefined : points[from - 1];
    const after = from + 2 === points.length || b.corner ? undefined : points[from + 2];
    const knot = Math.sqrt(distance(a, b));
    const leaving = before ? tangent(before, a, b, knot, 0) : undefined;
    const arriving = after ? tangent(a, b, after, knot, 1) : undefined;
    const steps = Math.max(1, Math.ceil(distance(a, b) / 0.014));
    for (let step = 1; step <= steps; step++) addPoint(line, a, b, leaving, arriving, step / steps);
  }
  return line;
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) + 1e-9;

/** The curve's derivative at `b`, for the span of parameter length `knot` that starts (0) or ends (1) there. */
function tangent(a, b, c, knot, end) {
  const first = end === 1 ? knot : Math.sqrt(distance(a, b));
  const second = end === 1 ? Math.sqrt(distance(b, c)) : knot;
  const of = (axis) =>
    knot * ((b[axis] - a[axis]) / first - (c[axis] - a[axis]) / (first + second) + (c[axis] - b[axis]) / second);
  return { x: of('x'), y: of('y') };
}

function addPoint(line, a, b, leaving, arriving, t) {
  for (const [axis, values] of [
    ['x', line.xs],
    ['y', line.ys],
  ]) {
    const chord = b[axis] - a[axis];
    // Where a side has no tangent, the one that lets the curve end there without bending.
    const start = leaving?.[axis] ?? (arriving ? (3 * chord - arriving[axis]) / 2 : chord);
    const end = arriving?.[axis] ?? (leaving ? (3 * chord - leaving[axis]) / 2 : chord);
    const cubic = start + end - 2 * chord;
    values.push(a[axis] + t * (start + t * (3 * chord - 2 * start - end + t * cubic)));
  }
}

/** The least and largest coordinates of some lines. */
export function boxOf(lines) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { xs, ys } of lines) {
    for (const x of xs) {
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
    }
    for (const y of ys) {
      if (y < box.top) box.top = y;
      if (y > box.bottom) box.bottom = y;
    }
  }
  return box;
}

/** Lines moved by dx, dy. */
export function moved(lines, dx, dy) {
  return lines.map(({ xs, ys }) => ({ xs: xs.map((x) => x + dx), ys: ys.map((y) => y + dy) }));
}

function scaled(lines, size) {
  const { top, bottom } = boxOf(lines);
  const factor = size / Math.max(bottom - top, 1e-6);
  return lines.map(({ xs, ys }) => ({ xs: xs.map((x) => x * factor), ys: ys.map((y) => y * factor) }));
}

/** Adds the tremor, `amount` pixels of two waves along each line, and moves the box to 0, 0. */
function atOrigin(lines, amount, random) {
  if (amount > 0) {
    for (const line of lines) {
      const [slow, fast] = [random.uniform(0.08, 0.2), random.uniform(0.25, 0.6)];
      const [a, b, c, d] = [0, 0, 0, 0].map(() => random.uniform(0, 2 * Math.PI));
      line.xs = line.xs.map((x, at) => x + amount * (Math.sin(at * slow + a) + 0.5 * Math.sin(at * fast + b)));
      line.ys = line.ys.map((y, at) => y + amount * (Math.sin(at * slow + c) + 0.5 * Math.sin(at * fast + d)));
    }
  }
  const { left, top } = boxOf(lines);
  return moved(lines, -left, -top);
}
