// The page: connects its parts.

import { messageOf } from '../error.ts';
import { count, duration, passesOf, percent } from '../report/numbers.ts';
import { Controls } from './controls.ts';
import { Curve } from './curve.ts';
import { byId, setText } from './dom.ts';
import { Figures } from './figures.ts';
import { Digits } from './library.ts';
import { type Phase, Session } from './session.ts';
import { queryOf, recipeOf, type Settings, settingsFrom } from './settings.ts';
import { ShownNet } from './shown-net.ts';
import type { Begun, Update } from './training-host.ts';
import { type Choice, Viewer } from './viewer.ts';
import { connectWeights } from './weights-file.ts';

const settings = settingsFrom(location.search);
const viewer = new Viewer(await firstNets());
const curve = new Curve(byId('curve', HTMLElement));
const figures = new Figures();
let last: Update | undefined;

const session = new Session({
  onPhase(phase, problem): void {
    controls.setPhase(phase);
    document.body.dataset.phase = phase;
    setText(byId('run-status', HTMLElement), statusOf(phase, problem));
    setText(byId('digits-progress', HTMLElement), '');
    if (phase !== 'paused' && phase !== 'finished') return;
    if (phase === 'finished') {
      if (viewer.yours !== undefined)
        viewer.yours.name = `the net that you trained for ${passesOf(viewer.yours.passes)}`;
      if (last !== undefined && last.seconds > 0) figures.compare(last);
    }
    viewer.review();
    viewer.netChanged();
  },
  onDigits(part): void {
    setText(byId('digits-progress', HTMLElement), part < 1 ? `Loading the digits: ${Math.floor(part * 100)} %` : '');
  },
  async onBegun({ update, test, trainingPatterns }: Begun, begun: Settings): Promise<void> {
    viewer.test = new Digits(test.images, test.labels);
    curve.begin(begun.passes);
    figures.begin(begun.passes, trainingPatterns, update);
    // Before the first run, your net is already the untrained one, or one from a file.
    if (session.phase === 'idle') viewer.review();
    else viewer.yours = await ShownNet.untrained(recipeOf(begun), begun.seed);
    addToCurve(update);
    last = update;
  },
  onUpdate(update): void {
    last = update;
    const { yours } = viewer;
    if (yours === undefined) return;
    yours.net.loadStateDict(update.stateDict);
    yours.passes = update.passes;
    yours.name = `your net in training, after ${passesOf(update.passes)}`;
    figures.show(update);
    addToCurve(update);
    if (update.learned !== undefined) {
      viewer.showLearned(update.learned);
      setText(byId('run-status', HTMLElement), `Learned pattern ${count(update.pattern)}: a ${update.learned.label}.`);
    }
    viewer.netChanged();
  },
});

const controls = new Controls(settings, {
  start(chosen): void {
    viewer.choose('yours');
    session.start(chosen);
  },
  pause: () => session.pause(),
  goOn: () => session.goOn(),
  stop: () => session.stop(),
  step(chosen): void {
    viewer.choose('yours');
    session.step(chosen);
  },
  setPace(pace): void {
    session.pace = pace;
  },
  changed: (chosen) => history.replaceState(null, '', queryOf(chosen)),
});

byId('hero-start', HTMLButtonElement).addEventListener('click', () => {
  byId('train', HTMLElement).scrollIntoView();
  if (session.phase !== 'running') controls.press();
});

byId('copy-link', HTMLButtonElement).addEventListener('click', async () => {
  const link = new URL(queryOf(controls.settings), location.href).href;
  const output = byId('link', HTMLOutputElement);
  output.value = link;
  await navigator.clipboard?.writeText(link).then(
    () => setText(byId('keep-status', HTMLElement), 'The link is copied.'),
    () => setText(byId('keep-status', HTMLElement), 'Copy the link below.'),
  );
});

connectWeights(viewer, session, () => recipeOf(controls.settings));
byId('start', HTMLButtonElement).disabled = false;
byId('hero-start', HTMLButtonElement).disabled = false;
// The digits are loaded after what is seen first.
setTimeout(() => session.prepare(controls.settings), 200);

/** The ready-made net and an untrained one. */
async function firstNets(): Promise<Partial<Record<Choice, ShownNet>>> {
  const yours = await ShownNet.untrained(recipeOf(settings), settings.seed).catch((error: unknown) => {
    // A browser without WebAssembly's SIMD: the page can only say so.
    setText(byId('run-status', HTMLElement), messageOf(error));
    throw error;
  });
  const readyMade = await ShownNet.readyMade().catch((error: unknown) => {
    // The page works without it.
    yours.name = `an untrained net; the ready-made one could not be loaded (${messageOf(error)})`;
  });
  return readyMade === undefined ? { yours } : { yours, 'ready-made': readyMade };
}

function addToCurve({ passes, pattern, splits }: Update): void {
  if (splits === undefined) return;
  const { train, test } = splits;
  const point = { train: train.misclassifiedRate, test: test.misclassifiedRate };
  curve.add({ passes: passes + pattern / train.patterns, ...point });
}

function statusOf(phase: Phase, problem: string | undefined): string {
  if (problem !== undefined) return problem;
  if (phase === 'preparing') return 'Getting the digits ready.';
  if (phase === 'running') return 'Training.';
  if (phase === 'idle' || last === undefined) return 'Ready. The net knows nothing yet: its weights are random.';
  const where = `${passesOf(last.passes)}${last.pattern > 0 ? ` and ${count(last.pattern)} patterns` : ''}`;
  if (phase === 'paused') return `Paused after ${where}.`;
  const { splits, seconds } = last;
  const rate = splits?.test.misclassifiedRate;
  const wrong = rate === undefined ? '' : ` ${percent(rate)} of the test digits are wrong.`;
  // Guessing is wrong nine times in ten.
  const hint = rate !== undefined && rate > 0.8 ? ' It learned next to nothing: try a smaller learning rate.' : '';
  return `Done after ${where}, ${duration(seconds)} of learning.${wrong}${hint}`;
}
