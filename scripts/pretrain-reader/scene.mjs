// The picture of a row of digits: paper, light, printed lines, a camera's noise and blur.

/**
 * @typedef {import('../pretrain/random.mjs').Random} Random
 * @typedef {import('./row.mjs').Row} Row
 * @typedef {import('../pretrain/pen.mjs').Pixels} Pixels
 * @typedef {'plain' | 'rule' | 'rules' | 'box' | 'cells' | 'boxes' | 'squares'} Kind which printed lines there are
 */

/** Kinds of printed lines; one is named as often as it is chosen. */
const KINDS = ['rule', 'rule', 'rule', 'rules', 'box', 'box', 'cells', 'cells', 'boxes', 'boxes', 'squares'];

/**
 * A picture of a row.
 * @param {Random} random
 * @param {Row} row
 * @param {number} lines the part of pictures with printed lines
 * @returns {{ pixels: Pixels, kind: Kind }}
 */
export function makeScene(random, row, lines = 0.35) {
  const kind = random.chance(lines) ? random.pick(KINDS) : 'plain';
  const margin = () => Math.floor(row.size * (random.chance(0.2) ? random.uniform(0, 0.1) : random.uniform(0.1, 0.6)));
  const [top, bottom, left, right] = [margin(), margin(), margin(), margin()];
  const [width, height] = [row.width + left + right, row.height + top + bottom];
  const ink = new Float32Array(width * height);
  for (let y = 0; y < row.height; y++) {
    ink.set(row.ink.subarray(y * row.width, (y + 1) * row.width), (y + top) * width + left);
  }
  const boxes = row.boxes.map((box) => ({
    left: box.left + left,
    right: box.right + left,
    top: box.top + top,
    bottom: box.bottom + top,
  }));
  if (kind !== 'plain') print(random, { ink, width, height }, boxes, row.size, kind);
  return { pixels: photograph(random, { ink, width, height }), kind };
}

/** Prints lines under the ink. */
function print(random, sheet, boxes, size, kind) {
  const dark = random.uniform(0.35, 1);
  const thickness = 1 + random.integer(Math.max(1, Math.round(size / 18)));
  const lying = (y, from, to, rise = 0) => drawLine(sheet, { x: from, y }, { x: to, y: y + rise }, thickness, dark);
  const standing = (x, from, to) => drawLine(sheet, { x, y: from }, { x, y: to }, thickness, dark);
  const room = Math.floor(size * random.uniform(0.06, 0.3));
  const outer = {
    left: boxes[0].left - room,
    right: boxes.at(-1).right + room,
    top: Math.min(...boxes.map(({ top }) => top)) - room,
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)) + room,
  };
  const frame = ({ left, right, top, bottom }) => {
    for (const y of [top, bottom]) lying(y, left, right);
    for (const x of [left, right]) standing(x, top, bottom);
  };
  if (kind === 'rule' || kind === 'rules') {
    const y = outer.bottom - room + random.uniform(-0.12, 0.12) * size;
    const rise = 0.01 * random.normal() * sheet.width;
    lying(y, 0, sheet.width, rise);
    if (kind === 'rules') lying(y - size * random.uniform(1.15, 1.8), 0, sheet.width, rise);
  } else if (kind === 'squares') {
    const step = size * random.uniform(0.4, 0.8);
    for (let y = random.uniform(0, step); y < sheet.height; y += step) lying(y, 0, sheet.width);
    for (let x = random.uniform(0, step); x < sheet.width; x += step) standing(x, 0, sheet.height);
  } else if (kind === 'boxes') {
    for (const { left, right } of boxes) frame({ ...outer, left: left - room * 0.6, right: right + room * 0.6 });
  } else {
    frame(outer);
    if (kind === 'cells') {
      for (const [at, { right }] of boxes.slice(0, -1).entries())
        standing((right + boxes[at + 1].left) / 2, outer.top, outer.bottom);
    }
  }
}

/** A straight line, lying or standing or nearly so. */
function drawLine({ ink, width, height }, from, to, thickness, dark) {
  const steps = Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)));
  const isLying = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
  for (let step = 0; step <= steps; step++) {
    const part = steps === 0 ? 0 : step / steps;
    const [x, y] = [Math.round(from.x + part * (to.x - from.x)), Math.round(from.y + part * (to.y - from.y))];
    for (let off = 0; off < thickness; off++) {
      const [column, row] = isLying ? [x, y + off] : [x + off, y];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const at = row * width + column;
      ink[at] = Math.max(ink[at], dark);
    }
  }
}

/** Ink on paper under a lamp, as a camera or a scanner sees it. */
function photograph(random, { ink, width, height }) {
  const paper = random.uniform(170, 250);
  const darkness = random.uniform(60, 0.9 * paper);
  const [slopeX, slopeY] = [12 * random.normal(), 8 * random.normal()];
  const spread = random.chance(0.5) ? random.uniform(0.3, 1.1) : 0;
  const noise = random.uniform(0, 0.07) * darkness;
  const inverted = random.chance(0.15);
  const isOneBit = !inverted && random.chance(0.08);
  const seen = spread > 0 ? blurred({ ink, width, height }, spread) : ink;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, index = 0; y < height; y++) {
    const light = paper + slopeY * (y / height - 0.5);
    for (let x = 0; x < width; x++, index++) {
      let grey = light + slopeX * (x / width - 0.5) - darkness * seen[index];
      if (noise > 0) grey += noise * (random.next() + random.next() + random.next() - 1.5) * 2;
      if (isOneBit) grey = seen[index] > 0.35 ? 0 : 255;
      if (inverted) grey = 255 - grey;
      const at = index * 4;
      data[at] = data[at + 1] = data[at + 2] = grey;
      data[at + 3] = 255;
    }
  }
  return { data, width, height };
}

/** Ink blurred by a Gaussian of `spread` pixels. */
function blurred({ ink, width, height }, spread) {
  const weights = [0, 1, 2, 3].map((off) => Math.exp(-0.5 * (off / spread) ** 2));
  const total = weights[0] + 2 * (weights[1] + weights[2] + weights[3]);
  const along = (values, length, step, lines, next) => {
    const out = new Float32Array(values.length);
    for (let line = 0; line < lines; line++) {
      for (let place = 0; place < length; place++) {
        const at = line * next + place * step;
        let sum = weights[0] * values[at];
        for (let off = 1; off <= 3; off++) {
          if (place >= off) sum += weights[off] * values[at - off * step];
          if (place + off < length) sum += weights[off] * values[at + off * step];
        }
        out[at] = sum / total;
      }
    }
    return out;
  };
  return along(along(ink, width, 1, height, width), height, width, width, 1);
}
