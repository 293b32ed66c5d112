// The methods of a net that a worker answers: one line each, and how their arguments go there.

import { checkDigits, checkImage, checkImages, checkLabel, Digits, isFloat32Array } from '../data/digits.ts';
import { checkMetadata } from '../formats/safetensors-writer.ts';
import { flattenStateDict, type StateDict, unflattenStateDict } from '../formats/state-dict.ts';
import { type ClassifyOptions, checkRejectBelow } from '../nets/answers.ts';
import { checkPatterns } from '../nets/network.ts';
import type { PaperNet } from '../nets/paper-net.ts';
import type { DigitsMessage, ReceivedDigits, SentDigits } from './sent-digits.ts';

/** What the client of a worker knows without asking, or does in its own way; and `copy`, which would stay in the worker. */
type OfTheClient = 'recipe' | 'seed' | 'toString' | 'disposed' | typeof Symbol.dispose | 'copy';

/** All else of a net's API. */
export type MethodName = Exclude<keyof PaperNet, OfTheClient>;

/** Members of a net as a client has them: each a method, and each answer a promise. */
type Asynchronous<Net, Name extends keyof Net> = {
  [Member in Name]: Net[Member] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Promise<Awaited<Answer>>
    : () => Promise<Net[Member]>;
};

/** What a client asks its worker. */
export type Answered = Asynchronous<PaperNet, MethodName>;

/** How one kind of argument goes to the worker. */
interface ArgumentKind<Value = unknown, Sent = unknown> {
  /** Whether the net looks at it before the arguments in front of it. */
  readonly checkedFirst?: boolean;
  /**
   * On the client's side. What it returns makes the message, whose arrays are handed over: copies.
   * @throws LeNet1Error what the net throws for it, as far as the worker cannot tell, since not every value can be posted.
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
    // The grey levels are checked in the worker, where that blocks nobody.
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

/** A number, which is posted as it is. */
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

/** The kinds of a method's arguments; none for what a net has as a value. */
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
 * Checks what a method is given, on the client's side.
 * @returns What makes the message for the worker.
 * @throws LeNet1Error as the net's own method.
 */
export function checkGiven(name: MethodName, given: readonly unknown[]): (digits: SentDigits) => unknown[] {
  const kinds: readonly ArgumentKind[] = methods[name];
  const first = kinds.map((kind, position) => kind.checkedFirst && kind.check(given[position]));
  const messages = kinds.map((kind, position) => first[position] || kind.check(given[position]));
  return (digits) => messages.map((message) => message(digits));
}

/** What the net itself says to a message, on the worker's side. */
export function answerOf(net: PaperNet, name: MethodName, sent: readonly unknown[], digits: ReceivedDigits): unknown {
  const kinds: readonly ArgumentKind[] = methods[name];
  const given = kinds.map((kind, position) => kind.receive(sent[position], digits));
  const member: unknown = net[name];
  return typeof member === 'function' ? Reflect.apply(member, net, given) : member;
}
