// The weights that come with the package.

import { expect, test } from 'vitest';
import { LeNet1, pretrainedFacts, recipes } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';

const everyDigit = { ...recipes.lenet1best, digits: 'mnist-all', resize: 'bilinear-antialiased' } as const;

test('the pretrained net reads at least 98.9 % of MNIST’s test digits, as many as its facts say', async () => {
  const net = await LeNet1.pretrained();
  const { test: digits } = await loadMnist({ recipe: everyDigit });
  const { misclassified, patterns } = net.evaluate(digits);
  const facts = await pretrainedFacts();
  expect({ misclassified, patterns }).toEqual(facts.test);
  expect(patterns).toBe(10_000);
  expect(misclassified).toBeLessThanOrEqual(110);
  expect(facts.command).toBe(`npm run pretrain -- --passes ${facts.passes} --seed ${facts.seed}`);
});

test('each call gives a net of its own', async () => {
  const [one, other] = [await LeNet1.pretrained(), await LeNet1.pretrained()];
  one.learn(new Float32Array(256).fill(-1), 3);
  expect(other.stateDict()).toEqual((await LeNet1.pretrained()).stateDict());
  expect(one.stateDict()).not.toEqual(other.stateDict());
});

test('it goes on learning without unlearning: a pass over digits that it has not seen', async () => {
  const net = await LeNet1.pretrained();
  const { test: digits } = await loadMnist({ recipe: everyDigit });
  const [learned, judged] = [digits.slice(0, 1000), digits.slice(1000, 3000)];
  const before = net.evaluate(judged).misclassified;
  net.learnAll(learned);
  expect(net.evaluate(learned).misclassified).toBeLessThan(20);
  expect(net.evaluate(judged).misclassified).toBeLessThanOrEqual(before + 5);
});
