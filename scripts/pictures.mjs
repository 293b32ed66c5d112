// Draws the pictures of docs/how-it-works.md anew, one digit on its way through a trained net, and that of docs/pictures.md.
//
//   npm run docs:pictures                           into docs/pictures; some seconds
//   npm run docs:pictures -- --out DIR              into a folder of your own
//
// The net is that of the default run: recipe senn2025, seed 42, 23 passes. Its bits are the same everywhere, and so are
// the pictures' bytes: a test draws them again and compares.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connectionTablePicture } from './pictures/connection-table.mjs';
import { inputPicture, windowsPicture } from './pictures/input.mjs';
import { kindsPicture } from './pictures/kinds.mjs';
import { h1Picture, h2Picture, h3Picture, kernelGradientPicture } from './pictures/layers.mjs';
import { learningCurve } from './pictures/learning-curve.mjs';
import { outputPicture } from './pictures/output.mjs';
import { takeWalk } from './pictures/walk.mjs';

const { values: options } = parseArgs({
  options: { out: { type: 'string', default: fileURLToPath(new URL('../docs/pictures', import.meta.url)) } },
});
const walk = await takeWalk();
const pictures = {
  input: inputPicture(walk),
  windows: windowsPicture(walk),
  h1: h1Picture(walk),
  'connection-table': connectionTablePicture(),
  h2: h2Picture(walk),
  h3: h3Picture(walk),
  output: outputPicture(walk),
  'h1-gradient': kernelGradientPicture(walk),
  'learning-curve': learningCurve(walk),
  kinds: await kindsPicture(),
};
mkdirSync(options.out, { recursive: true });
for (const [name, svg] of Object.entries(pictures)) {
  writeFileSync(join(options.out, `${name}.svg`), svg);
  console.log(`${name}.svg: ${svg.length} characters`);
}
