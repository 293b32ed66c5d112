// The net that the page shows and asks: a copy, on the page's own thread, of whatever net is in view, so that it answers at once while
// the worker trains.

import { type OutputRange, outputRanges } from '../recipes/output-ranges.ts';
import { percent } from '../report/numbers.ts';
import { LeNet1, pretrainedFacts, type Recipe, type StateDict } from './library.ts';

/** A net to show. */
export class ShownNet {
  readonly net: LeNet1;
  /** What it is, to follow "the answers of": `an untrained net`. */
  name: string;
  /** Whole passes that it learned, as far as is known. */
  passes = 0;
  /** What it learned from, in words; empty if that is not known. */
  readonly trainedOn: string;

  private constructor(net: LeNet1, name: string, trainedOn: string) {
    this.net = net;
    this.name = name;
    this.trainedOn = trainedOn;
  }

  /** A net as it begins, to be trained on the page's digits. */
  static async untrained(recipe: Recipe, seed: number): Promise<ShownNet> {
    const digits = 'the first 7,291 digits of MNIST’s training file';
    return new ShownNet(await LeNet1.create({ recipe, seed }), 'an untrained net', digits);
  }

  /**
   * A net of given weights.
   * @throws LeNet1Error `invalid-state-dict` if they are none of this net.
   */
  static async of(stateDict: StateDict, recipe: Recipe, name: string): Promise<ShownNet> {
    const net = await LeNet1.create({ recipe });
    net.loadStateDict(stateDict);
    return new ShownNet(net, name, '');
  }

  /** The net that comes with the package. */
  static async readyMade(): Promise<ShownNet> {
    const { test, trainedOn, passes } = await pretrainedFacts();
    const right = percent(1 - test.misclassified / test.patterns);
    const name = `the ready-made net, which reads ${right} of MNIST’s test digits`;
    const shown = new ShownNet(await LeNet1.pretrained(), name, trainedOn);
    shown.passes = passes;
    return shown;
  }

  /** What its outputs lie between. */
  get outputRange(): OutputRange {
    return outputRanges[this.net.recipe.outputActivation];
  }
}
