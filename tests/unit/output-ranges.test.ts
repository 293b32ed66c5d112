// What outputs lie between is what the core gives at both ends.

import { expect, test } from 'vitest';
import { LeNet1, recipes } from '../../ts/entries/index.ts';
import { outputRanges } from '../../ts/recipes/output-ranges.ts';
import { madeUpImage } from '../support/made-up-digits.ts';

test.each(Object.entries(outputRanges))('outputs of %s reach from one end to the other', async (activation, range) => {
  const outputActivation = activation as keyof typeof outputRanges;
  const base = outputActivation.startsWith('softmax') ? recipes.modern2022 : recipes.senn2025;
  const net = await LeNet1.create({ recipe: { ...base, outputActivation } });
  const parameters = net.stateDict();
  parameters.get('outb')?.data.fill(-1000).fill(1000, 0, 1);
  net.loadStateDict(parameters);
  const outputs = net.forward(madeUpImage());
  expect(outputs[9]).toBeCloseTo(range[0], 5);
  expect(outputs[0]).toBeCloseTo(range[1], 5);
});
