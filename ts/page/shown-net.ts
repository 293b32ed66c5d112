// The net that the page shows: a copy on the page's own thread, which can answer at once while the worker trains.

import { type OutputRange, outputRanges } from '../recipes/output-ranges.ts';
import { percent } from '../report/numbers.ts';
import { LeNet1, pretrainedFacts, type Recipe } from './library.ts';

/** A net to show. */
export class ShownNet {
  readonly net: LeNet1;
  /** Its name, to follow "the answers of": `an untrained net`. */
  name: string;
  /** Whole passes that the original has learned. */
  passes: number;
  /** Where the original's training started. */
  readonly startedFrom: LeNet1['startedFrom'];
  /** The digits that it learned from, in words; empty if not known. */
  readonly trainedOn: string;

  private constructor(net: LeNet1, name: string, trainedOn: string) {
    this.net = net;
    this.passes = net.passes;
    this.startedFrom = net.startedFrom;
    this.name = name;
    this.trainedOn = trainedOn;
  }

  /** A new net, to be trained on the page's digits. */
  static async untrained(recipe: Recipe, seed: number): Promise<ShownNet> {
    const digits = 'the first 7,291 digits of MNIST’s training file';
    return new ShownNet(await LeNet1.create({ recipe, seed }), 'an untrained net', digits);
  }

  /** A net from a file. */
  static loaded(net: LeNet1, name: string, trainedOn: string): ShownNet {
    return new ShownNet(net, name, trainedOn);
  }

  /** The net that comes with the package. */
  static async readyMade(): Promise<ShownNet> {
    const { test, trainedOn } = await pretrainedFacts();
    const right = percent(1 - test.misclassified / test.patterns);
    const name = `the ready-made net, which reads ${right} of MNIST’s test digits`;
    return new ShownNet(await LeNet1.pretrained(), name, trainedOn);
  }

  /** The range of its outputs. */
  get outputRange(): OutputRange {
    return outputRanges[this.net.recipe.outputActivation];
  }
}
