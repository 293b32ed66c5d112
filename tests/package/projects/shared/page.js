// The part that all projects' pages share.

/** Recipe and seed of the nets, as in the project for Node. */
export const options = { recipe: 'senn2025', seed: 1 };

/** The digits from the page's own server. */
export async function fetchDigits(Digits) {
  const part = async (name) => (await fetch(`/digits/${name}`)).arrayBuffer();
  const split = async (name) =>
    new Digits(new Float32Array(await part(`${name}/images`)), new Uint8Array(await part(`${name}/labels`)));
  return { train: await split('train'), test: await split('test') };
}

/** The outcome of a training: its last report, and the net's answer to the first test digit. */
export async function outcomeOf(net, reports, { test }) {
  let last;
  for await (const { seconds: _, ...report } of reports) last = report;
  return { ...last, ...(await answerOf(net, test)) };
}

/** A net's answer to the first digit. */
export async function answerOf(net, { images }) {
  const { label, outputs } = await net.classify(images.subarray(0, 256));
  return { label, outputs: [...outputs] };
}
