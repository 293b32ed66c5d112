// A model in ONNX's format, one graph of nodes: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
//
//   field numbers are those of that file's messages: ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto,
//   ValueInfoProto, StringStringEntryProto, OperatorSetIdProto

import { bytesField, type Field, integerField, joined, messageField, textField } from './protobuf-writer.ts';

/** The version of the format: read by all tools since 2021. */
const IR_VERSION = 8;
/** The version of the operators. */
const OPSET = 13;

/** Types of a tensor's values. */
const FLOAT = 1;
const INT64 = 7;
/** Types of an attribute. */
const INT = 2;
const INTS = 7;

/** The size that a model leaves open: how many images. */
const BATCH = 'N';

/** A tensor that comes with the model. */
export interface ModelTensor {
  readonly name: string;
  /** `[]` for a scalar. */
  readonly shape: readonly number[];
  /** Row-major: float32, or whole numbers of at least 0 as int64. */
  readonly values: Float32Array | readonly number[];
}

/** An operator applied to values. */
export interface ModelNode {
  /** Its own, and that of the value that it gives. */
  readonly name: string;
  /** ONNX's: `Conv`. */
  readonly operator: string;
  /** Names of values: of the model's input, of tensors, of nodes before this one. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
  /** The shape of the value that it gives, for one image: a first size N is added. */
  readonly shape: readonly number[];
}

/** A model. Its output is the value of its last node. */
export interface Model {
  readonly name: string;
  /** Text for people. */
  readonly description: string;
  /** The name and the shape of the input, for one image. */
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  /** In an order in which each comes after the nodes that it needs. */
  readonly nodes: readonly ModelNode[];
  readonly tensors: readonly ModelTensor[];
  /** Keys and values. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The model as a file. */
export function encodeModel({ name, description, input, nodes, tensors, metadata }: Model): Uint8Array<ArrayBuffer> {
  const graph = [
    ...nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, name),
    ...tensors.map((tensor) => messageField(5, tensorFields(tensor))),
    textField(10, description),
    messageField(11, valueFields(input)),
    ...nodes.slice(-1).map((last) => messageField(12, valueFields(last))),
    ...nodes.slice(0, -1).map((node) => messageField(13, valueFields(node))),
  ];
  return joined([
    integerField(1, IR_VERSION),
    textField(2, 'lenet1-wasm'),
    messageField(7, graph),
    messageField(8, [integerField(2, OPSET)]),
    ...Object.entries(metadata).map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
  ]);
}

function nodeFields({ name, operator, inputs, attributes }: ModelNode): Field[] {
  return [
    ...inputs.map((input) => textField(1, input)),
    textField(2, name),
    textField(3, name),
    textField(4, operator),
    ...Object.entries(attributes).map(([key, value]) => messageField(5, attributeFields(key, value))),
  ];
}

function attributeFields(name: string, value: number | readonly number[]): Field[] {
  return typeof value === 'number'
    ? [textField(1, name), integerField(3, value), integerField(20, INT)]
    : [textField(1, name), ...value.map((number) => integerField(8, number)), integerField(20, INTS)];
}

function tensorFields({ name, shape, values }: ModelTensor): Field[] {
  const isFloat = values instanceof Float32Array;
  return [
    ...shape.map((size) => integerField(1, size)),
    integerField(2, isFloat ? FLOAT : INT64),
    textField(8, name),
    bytesField(9, isFloat ? floatBytes(values) : integerBytes(values)),
  ];
}

/** A value's name and type: float32, N times its shape. */
function valueFields({ name, shape }: { readonly name: string; readonly shape: readonly number[] }): Field[] {
  const sizes = [[textField(2, BATCH)], ...shape.map((size) => [integerField(1, size)])];
  const type = [
    integerField(1, FLOAT),
    messageField(
      2,
      sizes.map((size) => messageField(1, size)),
    ),
  ];
  return [textField(1, name), messageField(2, [messageField(1, type)])];
}

/** Little-endian on machines of any byte order. */
function floatBytes(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [at, value] of values.entries()) view.setFloat32(at * 4, value, true);
  return new Uint8Array(view.buffer);
}

/** Little-endian int64. */
function integerBytes(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [at, value] of values.entries()) view.setBigInt64(at * 8, BigInt(value), true);
  return new Uint8Array(view.buffer);
}
