// How the skeletons of digits and signs are written down: strokes as text, read once.

/**
 * @typedef {{ x: number, y: number, corner: boolean }} Point in a unit box, x to the right, y down
 * @typedef {{ name: string, ratio: number, thickest: number, strokes: Point[][] }} Skeleton
 * `ratio`: width to height as most people write it; `thickest`: the widest pen that leaves it readable, in heights
 */

/**
 * Reads a skeleton. A stroke is text such as '2,3 96,3! 40,100': points of a smooth curve, x,y in hundredths of the
 * box; `!` makes a corner.
 * @param {string} name
 * @param {number} ratio width to height, above 0
 * @param {number} thickest in heights, above 0
 * @param {string[]} strokes
 * @returns {Skeleton}
 * @throws {SyntaxError} for a point that is not written like that, or a stroke of fewer than two.
 */
export function skeleton(name, ratio, thickest, strokes) {
  return { name, ratio, thickest, strokes: strokes.map((text) => readStroke(name, text)) };
}

function readStroke(name, text) {
  const points = text.split(' ').map((word) => {
    const match = /^(-?\d+),(-?\d+)(!?)$/.exec(word);
    if (!match) throw new SyntaxError(`${name}: expected a point such as 2,3 or 2,3!, got ${JSON.stringify(word)}`);
    return { x: Number(match[1]) / 100, y: Number(match[2]) / 100, corner: match[3] === '!' };
  });
  if (points.length < 2) throw new SyntaxError(`${name}: expected a stroke of at least two points, got ${text}`);
  return points;
}
