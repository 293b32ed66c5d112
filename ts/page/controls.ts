// The form for the settings of a run, and its buttons.

import { byId, setText } from './dom.ts';
import { recipes } from './library.ts';
import type { Pace, Phase } from './session.ts';
import { isLearningRate, isPasses, isRecipeName, isSeed, LIMITS, type Settings, settingsOf } from './settings.ts';

/** The actions of the buttons. */
export interface ControlActions {
  start(settings: Settings): void;
  pause(): void;
  goOn(): void;
  stop(): void;
  step(settings: Settings): void;
  setPace(pace: Pace): void;
  /** The settings changed and are valid. */
  changed(settings: Settings): void;
}

/** About each recipe. */
const about: Readonly<Record<Settings['recipe'], string>> = {
  lecun1989:
    'The paper’s own method: each of the 9,760 numbers has a step length of its own, small where the error bends sharply.',
  senn2025:
    'A reproduction of 2025 in PyTorch, repeated seed for seed. Its first pass looks broken: it first learns that nine answers in ten are “no”.',
  karpathy2022:
    'A reproduction of 2022 in PyTorch, repeated seed for seed: plain gradient descent, one step length for all.',
  modern2022: 'The same net with what came later: AdamW, ReLU, softmax, dropout, shifted digits. Needs 80 passes.',
  lenet1best:
    'The best that we found for this net: AdamW, every digit bent, turned and shifted anew each time, and four teachers that learn beside it. 500 passes take many minutes.',
};

/** The text of the main button in each phase. */
const mainButton: Readonly<Record<Phase, string>> = {
  idle: 'Start',
  preparing: 'Getting ready …',
  running: 'Pause',
  paused: 'Go on',
  finished: 'Start again',
  failed: 'Start again',
};

/** The controls, in the page's own form. */
export class Controls {
  readonly #form = byId('controls', HTMLFormElement);
  readonly #fields = byId('settings', HTMLFieldSetElement);
  readonly #recipe = byId('recipe', HTMLSelectElement);
  readonly #seed = byId('seed', HTMLInputElement);
  readonly #learningRate = byId('learning-rate', HTMLInputElement);
  readonly #passes = byId('passes', HTMLInputElement);
  readonly #main = byId('start', HTMLButtonElement);
  readonly #stop = byId('stop', HTMLButtonElement);
  readonly #step = byId('step', HTMLButtonElement);
  readonly #actions: ControlActions;
  #phase: Phase = 'idle';

  constructor(settings: Settings, actions: ControlActions) {
    this.#actions = actions;
    this.#seed.max = String(LIMITS.seed);
    this.#learningRate.max = String(LIMITS.learningRate);
    this.#passes.max = String(LIMITS.passes);
    this.settings = settings;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.press();
    });
    this.#stop.addEventListener('click', () => actions.stop());
    this.#step.addEventListener('click', () => {
      const isBusy = this.#phase === 'running' || this.#phase === 'preparing';
      if (!isBusy && this.#form.reportValidity()) actions.step(this.settings);
    });
    this.#recipe.addEventListener('change', () => {
      this.settings = settingsOf(this.settings.recipe, this.settings.seed);
    });
    this.#fields.addEventListener('change', () => {
      if (this.#isValid()) actions.changed(this.settings);
    });
    for (const pace of this.#form.querySelectorAll<HTMLInputElement>('input[name=pace]')) {
      pace.addEventListener('change', () => actions.setPace(pace.value as Pace));
    }
    this.setPhase('idle');
  }

  /** The settings as the form has them. */
  get settings(): Settings {
    const recipe = this.#recipe.value;
    return {
      recipe: isRecipeName(recipe) ? recipe : 'lecun1989',
      seed: this.#seed.valueAsNumber,
      learningRate: this.#learningRate.valueAsNumber,
      passes: this.#passes.valueAsNumber,
    };
  }

  set settings({ recipe, seed, learningRate, passes }: Settings) {
    this.#recipe.value = recipe;
    this.#seed.value = String(seed);
    this.#learningRate.value = String(learningRate);
    this.#passes.value = String(passes);
    const { digits } = recipes[recipe];
    const words = [about[recipe]];
    if (digits === 'mnist-random')
      words.push('As published, it draws its digits from all of MNIST; here it learns the page’s digits.');
    setText(byId('about-recipe', HTMLElement), words.join(' '));
  }

  /** Does what a press on the main button does: start, pause or go on. */
  press(): void {
    if (this.#phase === 'running') this.#actions.pause();
    else if (this.#phase === 'paused') this.#actions.goOn();
    else if (this.#phase !== 'preparing' && this.#form.reportValidity()) this.#actions.start(this.settings);
  }

  /** Enables what can be done in a phase. */
  setPhase(phase: Phase): void {
    this.#phase = phase;
    const isUnderWay = phase === 'running' || phase === 'paused';
    setText(this.#main, mainButton[phase]);
    this.#main.setAttribute('aria-disabled', String(phase === 'preparing'));
    this.#fields.disabled = isUnderWay || phase === 'preparing';
    // A button that is disabled loses the focus.
    if (!isUnderWay && document.activeElement === this.#stop) this.#main.focus();
    this.#stop.disabled = !isUnderWay;
    this.#step.setAttribute('aria-disabled', String(phase === 'running' || phase === 'preparing'));
  }

  #isValid(): boolean {
    const { seed, learningRate, passes } = this.settings;
    return isSeed(seed) && isLearningRate(learningRate) && isPasses(passes);
  }
}
