// The net that the page shows and asks: a copy, on the page's own thread, of whatever net is in view, so that it answers at once while
// the worker trains.

import { type OutputRange, outputRanges } from '../recipes/output-ranges.ts';
import { percent } from '../report/numbers.ts';
import { LeNet1, pretrainedFacts, type Recipe } from './library.ts';

/** A net to show. */
export class ShownNet {
  readonly net: LeNet1;
  /** What it is, to follow "the answers of": `an untrained net`. */
  name: string;
  /** Whole passes that the net learned which this is a copy of. */
  passes: number;
  /** Where that one's parameters started. */
  readonly startedFrom: LeNet1['startedFrom'];
  /** What it learned from, in words; empty if that is not known. */
  readonly trainedOn: string;

  private constructor(net: LeNet1, name: string, trainedOn: string) {
    this.net = net;
    this.passes = net.passes;
    this.startedFrom = net.startedFrom;
    this.name = name;
    this.trainedOn = trainedOn;
  }

  /** A net as it begins, to be trained on the page's digits. */
  static async untrained(recipe: Recipe, seed: number): Promise<ShownNet> {
    const digits = 'the first 7,291 digits of MNIST’s training file';
    return new ShownNet(await LeNet1.create({ recipe, seed }), 'an untrained net', digits);
  }

  /** A net from a file. `trainedOn`: in words; empty if the file does not say. */
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

  /** What its outputs lie between. */
  get outputRange(): OutputRange {
    return outputRanges[this.net.recipe.outputActivation];
  }
}
