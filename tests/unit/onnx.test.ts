// What an ONNX model of a net holds. tests/command/onnx.test.ts has ONNX's own tools check and run it.

import { describe, expect, test } from 'vitest';
import { connectionTable, FullyConnected, LeNet1, type Network, type Recipe, recipes } from '../../ts/entries/index.ts';
import { toOnnx } from '../../ts/entries/onnx.ts';
import { pretrainedRecipe } from '../../ts/recipes/pretrained.ts';
import { madeUpDigits, untyped } from '../support/made-up-digits.ts';
import { bytesOf, integersOf, type Message, messageIn, messagesOf, textsOf } from '../support/protobuf-reader.ts';
import { refusal } from '../support/written-files.ts';

/** The graph of a model. */
function graphOf(net: Network): Message {
  const [graph, ...more] = messagesOf(messageIn(toOnnx(net)), 7);
  if (graph === undefined || more.length > 0) throw new Error('expected one graph');
  return graph;
}

/** The nodes of a model: name, operator, inputs. */
function nodesOf(net: Network): string[] {
  return messagesOf(graphOf(net), 1).map((node) => {
    expect(textsOf(node, 2)).toEqual(textsOf(node, 3)); // its value has its name
    return `${textsOf(node, 3)}: ${textsOf(node, 4)}(${textsOf(node, 1).join(', ')})`;
  });
}

/** The tensors of a model: name → shape and bytes. */
function tensorsOf(net: Network): Map<string, { shape: number[]; bytes: Uint8Array }> {
  const tensors = messagesOf(graphOf(net), 5).map((tensor) => {
    const [name = ''] = textsOf(tensor, 8);
    const [bytes = new Uint8Array()] = bytesOf(tensor, 9);
    return [name, { shape: integersOf(tensor, 1), bytes }] as const;
  });
  expect(new Set(tensors.map(([name]) => name)).size).toBe(tensors.length);
  return new Map(tensors);
}

function metadataOf(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    messagesOf(messageIn(bytes), 14).map((entry) => [textsOf(entry, 1).join(), textsOf(entry, 2).join()]),
  );
}

/** Inputs or outputs: name and sizes. */
function valuesOf(graph: Message, field: number): string[] {
  return messagesOf(graph, field).map((value) => {
    const [type] = messagesOf(value, 2).flatMap((of) => messagesOf(of, 1));
    const sizes = messagesOf(type ?? new Map(), 2).flatMap((shape) => messagesOf(shape, 1));
    return `${textsOf(value, 1)} [${sizes.map((size) => [...textsOf(size, 2), ...integersOf(size, 1)].join())}]`;
  });
}

test('the model has IR version 8, opset 13, and N as the number of images', async () => {
  for (const net of [await LeNet1.create(), await FullyConnected.create()]) {
    const model = messageIn(toOnnx(net));
    expect([integersOf(model, 1), messagesOf(model, 8).map((opset) => integersOf(opset, 2))]).toEqual([[8], [[13]]]);
    const graph = graphOf(net);
    expect([valuesOf(graph, 11), valuesOf(graph, 12)]).toEqual([['image [N,1,16,16]'], ['output [N,10]']]);
  }
});

test('the nodes are the forward pass, layer by layer', async () => {
  expect(nodesOf(await LeNet1.create())).toEqual([
    'H1/pad: Pad(image, margins, background)',
    'H1/convolve: Conv(H1/pad, H1w)',
    'H1/sums: Add(H1/convolve, H1b)',
    'H1: Tanh(H1/sums)',
    'H2/pad: Pad(H1, margins, background)',
    'H2/gather: Gather(H2/pad, connectionTable)',
    'H2/convolve: Conv(H2/gather, H2w)',
    'H2/sums: Add(H2/convolve, H2b)',
    'H2: Tanh(H2/sums)',
    'H3/flatten: Flatten(H2)',
    'H3/sums: Gemm(H3/flatten, H3w, H3b)',
    'H3: Tanh(H3/sums)',
    'output/sums: Gemm(H3, outw, outb)',
    'output: Sigmoid(output/sums)',
  ]);
  expect(nodesOf(await FullyConnected.create())).toEqual([
    'hidden/flatten: Flatten(image)',
    'hidden/sums: Gemm(hidden/flatten, hiddenw, hiddenb)',
    'hidden: Tanh(hidden/sums)',
    'output/sums: Gemm(hidden, outw, outb)',
    'output: Sigmoid(output/sums)',
  ]);
});

test.each<[Recipe['outputActivation'], readonly string[]]>([
  ['tanh', ['output: Tanh(output/sums)']],
  [
    'scaled-tanh',
    ['output/gain: Mul(output/sums, gain)', 'output/tanh: Tanh(output/gain)', 'output: Mul(output/tanh, amplitude)'],
  ],
  ['logistic', ['output: Sigmoid(output/sums)']],
  ['softmax', ['output: Softmax(output/sums)']],
  [
    'softmax-or-none',
    [
      'output/orNone: Pad(output/sums, oneMore, zero)',
      'output/softmax: Softmax(output/orNone)',
      'output: Slice(output/softmax, first, end, axis)',
    ],
  ],
])('%s outputs are its nodes', async (outputActivation, nodes) => {
  const { cost } = outputActivation.startsWith('softmax') ? recipes.modern2022 : recipes.senn2025;
  const net = await FullyConnected.create({ recipe: { ...recipes.senn2025, outputActivation, cost } });
  expect(nodesOf(net).slice(4)).toEqual(nodes);
});

test('the tensors are the parameters, to the bit, and what the nodes need', async () => {
  const net = await LeNet1.create({ recipe: 'karpathy2022', seed: 3 });
  net.learnAll(madeUpDigits(20));
  const tensors = tensorsOf(net);
  for (const [name, { shape, data }] of net.stateDict()) {
    expect([name, tensors.get(name)?.shape]).toEqual([name, shape]);
    expect(Buffer.from(tensors.get(name)?.bytes ?? []).equals(Buffer.from(data.buffer))).toBe(true);
  }
  const { shape, bytes } = tensors.get('connectionTable') ?? { shape: [], bytes: new Uint8Array() };
  expect(shape).toEqual([12 * 8]);
  expect([...new BigInt64Array(bytes.slice().buffer)].map(Number)).toEqual(connectionTable.flat());
  const others = [...tensors.keys()].filter((name) => !net.stateDict().has(name));
  expect(others).toEqual(['margins', 'background', 'connectionTable']);
  const baseline = await FullyConnected.create();
  const [weights, sent] = [baseline.stateDict().get('hiddenw'), tensorsOf(baseline).get('hiddenw')];
  expect([sent?.shape, [...tensorsOf(baseline).keys()]]).toEqual([[40, 256], [...baseline.stateDict().keys()]]);
  expect(Buffer.from(sent?.bytes ?? []).equals(Buffer.from(weights?.data.buffer ?? new ArrayBuffer()))).toBe(true);
});

describe('the metadata', () => {
  test('say which net it is and how to use it', async () => {
    const net = await LeNet1.create({ recipe: 'karpathy2022', seed: 5 });
    net.learnAll(madeUpDigits(10));
    expect(metadataOf(toOnnx(net, { trainedOn: 'ten squares', seed: 'mine' }))).toEqual({
      trainedOn: 'ten squares',
      recipe: 'karpathy2022',
      recipeFields: JSON.stringify(recipes.karpathy2022),
      seed: '5',
      passes: '1',
      startedFrom: 'seed',
      classes: '0,1,2,3,4,5,6,7,8,9',
      valueRange: '-1 to 1',
      polarity: 'ink is 1, the ground is -1',
      image:
        "one digit, 16×16 grey levels, row by row; of MNIST's 28×28 bytes: " +
        'divided by 127.5, minus 1, shrunk to 16×16 (bilinear, not antialiased)',
      outputs: 'one a class, the largest is the answer; -1 to 1',
    });
  });

  test('say what the outputs are, and below which there is no digit', async () => {
    const said = async (recipe: Recipe): Promise<readonly (string | undefined)[]> => {
      const { outputs, image, noDigitBelow } = metadataOf(toOnnx(await LeNet1.create({ recipe })));
      return [outputs?.split('; ').slice(1).join('; '), /\((.*)\)/.exec(image ?? '')?.[1], noDigitBelow];
    };
    expect(await said(recipes.senn2025)).toEqual(['0 to 1', 'bilinear, antialiased', undefined]);
    expect(await said(recipes.modern2022)).toEqual(['probabilities', 'bilinear, not antialiased', undefined]);
    const orNone = 'probabilities; what they lack of 1 is the probability of no digit';
    expect(await said(pretrainedRecipe)).toEqual([orNone, 'bilinear, antialiased', '0.5']);
  });
});

describe('is refused', () => {
  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [{ stateDict: () => new Map() }, 'an object (Object)'],
    [new Map(), 'an object (Map)'],
  ])('%o', (net, got) => {
    const message = `net: expected a LeNet1 or a FullyConnected; got ${got}`;
    expect(refusal('invalid-argument', () => untyped(toOnnx, net))).toBe(message);
  });

  test('a net that diverged, one that was disposed of, and facts that are not text', async () => {
    const net = await LeNet1.create({ recipe: { ...recipes.senn2025, learningRate: 1e38 } });
    net.learnAll(madeUpDigits(10));
    expect(refusal('invalid-state-dict', () => toOnnx(net))).toMatch(/: expected finite values; got /);
    net[Symbol.dispose]();
    expect(refusal('disposed', () => toOnnx(net))).toBe('expected a net in use; got one that was disposed of');
    const other = await LeNet1.create();
    const message = "metadata, 'passes': expected well-formed text; got 3";
    expect(refusal('invalid-argument', () => untyped(toOnnx, other, { passes: 3 }))).toBe(message);
  });
});
