// The methods that a worker answers, one line each, and how their arguments are sent.

import { checkDigits, checkImage, checkImages, checkLabel, Digits, isFloat32Array } from '../data/digits.ts';
import { checkMetadata } from '../formats/safetensors-writer.ts';
import { flattenStateDict, type StateDict, unflattenStateDict } from '../formats/state-dict.ts';
import { type ClassifyOptions, checkRejectBelow } from '../nets/answers.ts';
import { checkPatterns } from '../nets/network.ts';
import type { PaperNet } from '../nets/paper-net.ts';
import type { DigitsMessage, ReceivedDigits, SentDigits } from './sent-digits.ts';

/** Members that the client has itself, and `copy`, whose result would stay in the worker. */
type OfTheClient = 'recipe' | 'seed' | 'toString' | 'disposed' | typeof Symbol.dispose | 'copy';

/** The other members of a net, which the worker answers. */
export type MethodName = Exclude<keyof PaperNet, OfTheClient>;

/** The members of a net, each as a method that returns a promise. */
type Asynchronous<Net, Name extends keyof Net> = {
  [Member in Name]: Net[Member] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Promise<Awaited<Answer>>
    : () => Promise<Net[Member]>;
};

/** The methods that a worker answers. */
export type Answered = Asynchronous<PaperNet, MethodName>;

/** How one kind of argument is sent to the worker. */
interface ArgumentKind<Value = unknown, Sent = unknown> {
  /** Whether the net checks it before the arguments in front of it. */
  readonly checkedFirst?: boolean;
  /**
   * On the client's side. Returns a function that makes the message. Its arrays are copies, to be handed over.
   * @throws LeNet1Error as the net, for values that cannot be posted; the worker checks the rest.
   */
  check(value: Value): (digits: SentDigits) => Sent;
  /** On the worker's side: the argument, from the message. */
  receive(sent: Sent, digits: ReceivedDigits): Value;
}

const image: ArgumentKind<Float32Array, Float32Array> = {
  check(image) {
    checkImage(image);
    return () => new Float32Array(image);
  },
  receive: (image) => image,
};

const digits: ArgumentKind<Digits, DigitsMessage> = {
  check(digits) {
    checkDigits('digits', digits);
    return (sent) => sent.messageFor(digits);
  },
  receive: (message, received) => received.digitsOf(message),
};

const images: ArgumentKind<Digits | Float32Array, DigitsMessage | Float32Array> = {
  check(images) {
    if (images instanceof Digits) return (sent) => sent.messageFor(images);
    // The grey levels are checked in the worker, where this does not block the page.
    if (!isFloat32Array(images)) checkImages(images);
    return () => new Float32Array(images);
  },
  receive: (images, received) => (ArrayBuffer.isView(images) ? images : received.digitsOf(images)),
};

const options: ArgumentKind<ClassifyOptions | undefined, ClassifyOptions> = {
  checkedFirst: true,
  check(options = {}) {
    const rejectBelow = checkRejectBelow(options);
    return () => (rejectBelow === undefined ? {} : { rejectBelow });
  },
  receive: (options) => options,
};

const stateDict: ArgumentKind<StateDict, Float32Array> = {
  check(stateDict) {
    const values = flattenStateDict(stateDict);
    return () => values;
  },
  receive: (values) => unflattenStateDict(values),
};

const facts: ArgumentKind<Readonly<Record<string, string>> | undefined, Record<string, string>> = {
  check(facts = {}) {
    const checked = Object.fromEntries(checkMetadata(facts));
    return () => checked;
  },
  receive: (facts) => facts,
};

/** A number. */
function number(check: (value: number) => void): ArgumentKind<number, number> {
  return {
    check(value) {
      check(value);
      return () => value;
    },
    receive: (value) => value,
  };
}
const label = number(checkLabel);
const patterns = number(checkPatterns);

/** The kinds of a method's arguments; none for a property. */
type KindsOf<Member> = Member extends (...given: infer Given) => unknown
  ? { readonly [Position in keyof Given]-?: ArgumentKind<Given[Position]> }
  : readonly [];

const methods: { readonly [Name in MethodName]: KindsOf<PaperNet[Name]> } = {
  architecture: [],
  passes: [],
  startedFrom: [],
  forward: [image],
  classify: [image, options],
  classifyAll: [images],
  answers: [images],
  inspect: [image],
  learn: [image, label],
  gradient: [image, label],
  secondDerivatives: [digits, patterns],
  learnAll: [digits],
  drawOrder: [digits],
  evaluate: [digits],
  stateDict: [],
  save: [facts],
  loadStateDict: [stateDict],
};

/** The names of all methods. */
export const methodNames: readonly MethodName[] = Object.keys(methods).filter(
  (name): name is MethodName => name in methods,
);

/**
 * Checks a method's arguments on the client's side.
 * @returns A function that makes the message for the worker.
 * @throws LeNet1Error as the net's own method.
 */
export function checkGiven(name: MethodName, given: readonly unknown[]): (digits: SentDigits) => unknown[] {
  const kinds: readonly ArgumentKind[] = methods[name];
  const first = kinds.map((kind, position) => kind.checkedFirst && kind.check(given[position]));
  const messages = kinds.map((kind, position) => first[position] || kind.check(given[position]));
  return (digits) => messages.map((message) => message(digits));
}

/** The net's answer to a message, on the worker's side. */
export function answerOf(net: PaperNet, name: MethodName, sent: readonly unknown[], digits: ReceivedDigits): unknown {
  const kinds: readonly ArgumentKind[] = methods[name];
  const given = kinds.map((kind, position) => kind.receive(sent[position], digits));
  const member: unknown = net[name];
  return typeof member === 'function' ? Reflect.apply(member, net, given) : member;
}
