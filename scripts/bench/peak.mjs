// The machine's peak rate of f32 multiply-adds in WebAssembly, four at a time, measured.
//
// The loop does nothing but sum = sum · one + one, in several independent chains. Each chain waits only for its own
// last addition, so with enough chains both kinds of units are always busy. There are no loads and no stores. (Fused
// multiply-adds are another instruction, of relaxed SIMD, which does not give the same bits everywhere.)

import binaryen from 'binaryen';

/** Numbers of chains to try; the best counts. 14 and the operand fill V8's vector registers on x86-64. */
const CHAINS = [8, 10, 12, 13, 14];
/** Multiply-adds of a chain in one turn of the loop. */
const UNROLLED = 4;
const TURNS = 50_000;
const REPEATS = 50;

/** Multiply-adds of one f32 a second. */
export function measurePeak() {
  return Math.max(...CHAINS.map(measureChains));
}

function measureChains(chains) {
  const { loop } = new WebAssembly.Instance(assemble(loopText(chains))).exports;
  const vectors = TURNS * UNROLLED * chains;
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    const sum = loop(TURNS, 1);
    best = Math.min(best, performance.now() - start);
    // The engine knows neither the operand nor the turns, and the sum counts every addition, so none can be left out.
    if (sum !== vectors) throw new Error(`the loop of ${chains} chains: expected a sum of ${vectors}; got ${sum}`);
  }
  return (4 * vectors) / (best / 1000);
}

/** (turns, one) → the sum of the first lanes of all chains. */
function loopText(chains) {
  const names = Array.from({ length: chains }, (_, chain) => `$sum${chain}`);
  const declarations = names.map((name) => `(local ${name} v128)`).join(' ');
  const turn = names
    .map(
      (name) => `(local.set ${name} (f32x4.add (f32x4.mul (local.get ${name}) (local.get $ones)) (local.get $ones)))`,
    )
    .join('\n');
  const total = names.map((name) => `(local.get ${name})`).reduce((sum, value) => `(f32x4.add ${sum} ${value})`);
  return `(module (func (export "loop") (param $turns i32) (param $one f32) (result f32) (local $ones v128) ${declarations}
    (local.set $ones (f32x4.splat (local.get $one)))
    (loop $again
      ${`${turn}\n`.repeat(UNROLLED)}
      (br_if $again (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
    (f32x4.extract_lane 0 ${total})))`;
}

function assemble(text) {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.SIMD128);
  const bytes = module.emitBinary(); // not optimised
  module.dispose();
  return new WebAssembly.Module(bytes);
}
