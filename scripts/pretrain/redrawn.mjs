// MNIST's digits as other pens and hands would have drawn them.

/**
 * A picture of an MNIST digit: enlarged or shrunk, slanted, turned, made narrow or wide, its strokes made thinner or
 * thicker, dark on white or light on dark.
 * @param {import('./random.mjs').Random} random
 * @param {Uint8Array} bytes 28·28, 0 ground, 255 ink
 */
export function redrawn(random, bytes) {
  const scale = random.logUniform(12, 110) / 20; // pixels of the picture for one of MNIST's
  const narrow = random.chance(0.3) ? random.uniform(0.45, 0.8) : random.uniform(0.8, 1.2);
  const slant = random.normal() * 0.22 + 0.05;
  const turn = random.normal() * 0.08;
  const threshold = random.chance(0.35) ? random.uniform(0.7, 0.9) : random.uniform(0.2, 0.7);
  const gain = random.logUniform(1.5, 6);
  const side = Math.ceil(scale * 28 * 1.15);
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const dark = random.uniform(0.5, 1) * 255;
  const inverted = random.chance(0.2);
  const noise = random.chance(0.3) ? random.uniform(0, 6) : 0;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 4) {
      const x = (column + 0.5 - side / 2) / scale;
      const y = (row + 0.5 - side / 2) / scale;
      const [turnedX, turnedY] = [cosine * x + sine * y, cosine * y - sine * x];
      const level = cubicAt(bytes, (turnedX + slant * turnedY) / narrow + 13.5, turnedY + 13.5) / 255;
      const ink = Math.min(1, Math.max(0, (level - threshold) * gain + 0.5));
      const value = (inverted ? 255 - dark : 255) + (inverted ? 1 : -1) * ink * dark + noise * (random.next() - 0.5);
      data[at] = data[at + 1] = data[at + 2] = value;
      data[at + 3] = 255;
    }
  }
  return { data, width: side, height: side };
}

/** The level between pixels, by Catmull and Rom's interpolation; 0 outside. */
function cubicAt(bytes, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < -2 || top < -2 || left > 28 || top > 28) return 0;
  const across = cubic(x - left);
  const down = cubic(y - top);
  let sum = 0;
  for (let dy = -1; dy <= 2; dy++) {
    const row = top + dy;
    if (row < 0 || row > 27) continue;
    for (let dx = -1; dx <= 2; dx++) {
      const column = left + dx;
      if (column >= 0 && column <= 27) sum += down[dy + 1] * across[dx + 1] * bytes[row * 28 + column];
    }
  }
  return sum;
}

/** The weights of four pixels in a row, for a point `t`, 0 to 1, of the way from the second to the third. */
function cubic(t) {
  return [
    t * (t * (1 - 0.5 * t) - 0.5),
    t * t * (1.5 * t - 2.5) + 1,
    t * (t * (2 - 1.5 * t) + 0.5),
    t * t * (0.5 * t - 0.5),
  ];
}
