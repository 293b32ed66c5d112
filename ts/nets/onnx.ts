// A net as an ONNX model: a node for each step of the forward pass, named by the paper's layers, and the parameters as
// they are. Shapes for one image:
//
//   image                                                                                          [1,16,16]
//   H1      pad with −1, convolve with stride 2, add a bias a unit, activate                       [12,8,8]
//   H2      pad with −1, gather for each map the eight maps that it sees, convolve map by map, …   [12,4,4]
//   H3      flatten, multiply and add, activate                                                    [30]
//   output  multiply and add, activate                                                             [10]

import { IMAGE_SIDE } from '../data/sizes.ts';
import { describe, LeNet1Error } from '../error.ts';
import { encodeModel, type ModelNode, type ModelTensor } from '../formats/onnx-model.ts';
import { flattenStateDict, layouts, type Tensor } from '../formats/state-dict.ts';
import { metadataOf } from '../formats/weights.ts';
import { outputRanges } from '../recipes/output-ranges.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { OUTPUTS } from './answers.ts';
import { connectionTable } from './connection-table.ts';
import { Network } from './network.ts';

/**
 * The net as an ONNX model: a file's bytes, IR version 8, opset 13. Its input `image` is float32 `[N, 1, 16, 16]`, N
 * images at once, each as for `forward`; its output `output` is `[N, 10]`, the ten outputs as `forward` gives them, to
 * 10⁻⁵. The parameters are in it to the bit, under their names in `stateDict`.
 *
 * Its metadata tells what `save` writes (recipe, seed, passes), and how to use the model: `classes`, `valueRange`,
 * `polarity`, `image`, `outputs` and, if the recipe has one, `noDigitBelow`. For a net in a worker, use
 * `toOnnx(await LeNet1.load(await worker.save()))`.
 * @param facts More metadata, as for `save`.
 * @throws LeNet1Error `invalid-argument` unless `net` is a LeNet1 or a FullyConnected, and for facts that are not text;
 *   `invalid-state-dict` for a net that diverged; `disposed`.
 */
export function toOnnx(net: Network, facts: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  if (!(net instanceof Network)) {
    const expected = 'a LeNet1 or a FullyConnected';
    throw new LeNet1Error('invalid-argument', `net: expected ${expected}; got ${describe(net)}`);
  }
  const stateDict = net.stateDict();
  const kind = stateDict.has('hiddenw') ? 'fully-connected' : 'lenet1';
  flattenStateDict(stateDict, layouts[kind]); // a net that diverged is refused, as by `save`
  const graph = new Graph(stateDict);
  if (kind === 'lenet1') addLeNet1(graph, net.recipe);
  else addFullyConnected(graph, net.recipe);
  return encodeModel({
    name: kind === 'lenet1' ? 'LeNet-1' : 'FullyConnected',
    description:
      'Reads a handwritten digit. After LeCun et al., Backpropagation Applied to Handwritten Zip Code Recognition, 1989.',
    input: { name: IMAGE, shape: [1, IMAGE_SIDE, IMAGE_SIDE] },
    nodes: graph.nodes,
    tensors: graph.tensors,
    metadata: { ...metadataOf(net, facts), ...usage(net.recipe) },
  });
}

/** The name of the model's input. */
const IMAGE = 'image';

/** A graph under construction. */
class Graph {
  readonly nodes: ModelNode[] = [];
  readonly tensors: ModelTensor[] = [];
  readonly #parameters: ReadonlyMap<string, Tensor>;

  constructor(parameters: ReadonlyMap<string, Tensor>) {
    this.#parameters = parameters;
  }

  /** Adds a node; returns the name of its value. `shape`: of the value, for one image. */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    shape: readonly number[],
    attributes: ModelNode['attributes'] = {},
  ): string {
    this.nodes.push({ name, operator, inputs, shape, attributes });
    return name;
  }

  /** Adds a constant, unless it is there; returns its name. Default shape: a scalar. */
  constant(name: string, values: ModelTensor['values'], shape: readonly number[] = []): string {
    if (!this.tensors.some((tensor) => tensor.name === name)) this.tensors.push({ name, shape, values });
    return name;
  }

  /** Adds the parameters of this name; returns it. Default shape: their own. */
  parameters(name: string, shape?: readonly number[]): string {
    const tensor = this.#parameters.get(name);
    if (tensor === undefined) throw new Error(`expected parameters ${name}; got ${[...this.#parameters.keys()]}`);
    return this.constant(name, tensor.data, shape ?? tensor.shape);
  }
}

function addLeNet1(graph: Graph, { hiddenActivation, outputActivation }: Recipe): void {
  const h1Sums = convolve(graph, 'H1', padded(graph, 'H1', IMAGE, [1, 20, 20]), { shape: [12, 8, 8], group: 1 });
  const h1 = activate(graph, 'H1', h1Sums, [12, 8, 8], hiddenActivation);
  const h1Padded = padded(graph, 'H2', h1, [12, 12, 12]);
  const table = graph.constant('connectionTable', connectionTable.flat(), [96]);
  const seen = graph.node('H2/gather', 'Gather', [h1Padded, table], [96, 12, 12], { axis: 1 });
  const h2Sums = convolve(graph, 'H2', seen, { shape: [12, 4, 4], group: 12 });
  const h2 = activate(graph, 'H2', h2Sums, [12, 4, 4], hiddenActivation);
  const flat = graph.node('H3/flatten', 'Flatten', [h2], [192], { axis: 1 });
  const h3Sums = multiply(graph, 'H3/sums', flat, [graph.parameters('H3w'), graph.parameters('H3b')], 30);
  addOutput(graph, activate(graph, 'H3', h3Sums, [30], hiddenActivation), outputActivation);
}

function addFullyConnected(graph: Graph, { hiddenActivation, outputActivation }: Recipe): void {
  const flat = graph.node('hidden/flatten', 'Flatten', [IMAGE], [256], { axis: 1 });
  const weights = graph.parameters('hiddenw', [40, 256]); // [40,16,16] in memory
  const sums = multiply(graph, 'hidden/sums', flat, [weights, graph.parameters('hiddenb')], 40);
  addOutput(graph, activate(graph, 'hidden', sums, [40], hiddenActivation), outputActivation);
}

function addOutput(graph: Graph, hidden: string, activation: Recipe['outputActivation']): void {
  const sums = multiply(graph, 'output/sums', hidden, [graph.parameters('outw'), graph.parameters('outb')], OUTPUTS);
  activate(graph, 'output', sums, [OUTPUTS], activation);
}

/** Two more units on each side, which read −1. */
function padded(graph: Graph, layer: string, input: string, shape: readonly number[]): string {
  const margins = graph.constant('margins', [0, 0, 2, 2, 0, 0, 2, 2], [8]);
  const background = graph.constant('background', Float32Array.of(-1));
  return graph.node(`${layer}/pad`, 'Pad', [input, margins, background], shape);
}

/** The weighted sums of a layer with kernels: each group of maps sees its own part of the input. */
function convolve(
  graph: Graph,
  layer: 'H1' | 'H2',
  input: string,
  { shape, group }: { readonly shape: readonly number[]; readonly group: number },
): string {
  const kernels = { kernel_shape: [5, 5], strides: [2, 2], group };
  const convolved = graph.node(`${layer}/convolve`, 'Conv', [input, graph.parameters(`${layer}w`)], shape, kernels);
  return graph.node(`${layer}/sums`, 'Add', [convolved, graph.parameters(`${layer}b`)], shape);
}

/** The weighted sums of a layer without kernels. */
function multiply(graph: Graph, name: string, input: string, parameters: readonly string[], units: number): string {
  return graph.node(name, 'Gemm', [input, ...parameters], [units], { transB: 1 });
}

/** Operators of the activations that are one. */
const operators = { tanh: 'Tanh', relu: 'Relu', logistic: 'Sigmoid' } as const;

/** The activations of a layer, under its name. */
function activate(
  graph: Graph,
  layer: string,
  sums: string,
  shape: readonly number[],
  activation: Recipe['hiddenActivation'] | Recipe['outputActivation'],
): string {
  if (activation === 'softmax') return graph.node(layer, 'Softmax', [sums], shape, { axis: 1 });
  if (activation === 'softmax-or-none') return activateOrNone(graph, layer, sums);
  if (activation === 'leaky-relu') {
    const leak = graph.constant('leak', Float32Array.of(0.1));
    return graph.node(layer, 'Max', [sums, graph.node(`${layer}/leak`, 'Mul', [sums, leak], shape)], shape);
  }
  if (activation !== 'scaled-tanh') return graph.node(layer, operators[activation], [sums], shape);
  const gain = graph.constant('gain', Float32Array.of(2 / 3));
  const scaled = graph.node(`${layer}/gain`, 'Mul', [sums, gain], shape);
  const tanh = graph.node(`${layer}/tanh`, 'Tanh', [scaled], shape);
  return graph.node(layer, 'Mul', [tanh, graph.constant('amplitude', Float32Array.of(1.7159))], shape);
}

/** Softmax over the ten sums and a constant 0, of which the first ten are the outputs. */
function activateOrNone(graph: Graph, layer: string, sums: string): string {
  const one = graph.constant('oneMore', [0, 0, 0, 1], [4]);
  const orNone = graph.node(`${layer}/orNone`, 'Pad', [sums, one, graph.constant('zero', Float32Array.of(0))], [11]);
  const softmax = graph.node(`${layer}/softmax`, 'Softmax', [orNone], [11], { axis: 1 });
  const [first, end, axis] = [
    graph.constant('first', [0], [1]),
    graph.constant('end', [OUTPUTS], [1]),
    graph.constant('axis', [1], [1]),
  ];
  return graph.node(layer, 'Slice', [softmax, first, end, axis], [OUTPUTS]);
}

/** How MNIST's bytes become grey levels. */
const resizes: Readonly<Record<Recipe['resize'], string>> = {
  'bilinear-antialiased': 'divided by 255, shrunk to 16×16 (bilinear, antialiased), times 2, minus 1',
  bilinear: 'divided by 127.5, minus 1, shrunk to 16×16 (bilinear, not antialiased)',
};

/** Metadata that tells how to use the model. */
function usage({ resize, outputActivation, noDigitBelow }: Recipe): Record<string, string> {
  const [low, high] = outputRanges[outputActivation];
  const none = outputActivation === 'softmax-or-none' ? '; what they lack of 1 is the probability of no digit' : '';
  const outputs = outputActivation.startsWith('softmax') ? `probabilities${none}` : `${low} to ${high}`;
  return {
    classes: '0,1,2,3,4,5,6,7,8,9',
    valueRange: '-1 to 1',
    polarity: 'ink is 1, the ground is -1',
    image: `one digit, 16×16 grey levels, row by row; of MNIST's 28×28 bytes: ${resizes[resize]}`,
    outputs: `one a class, the largest is the answer; ${outputs}`,
    ...(noDigitBelow !== undefined && { noDigitBelow: String(noDigitBelow) }),
  };
}
