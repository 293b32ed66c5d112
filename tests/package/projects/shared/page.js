// What all projects' pages have in common.

/** How the nets are made: as the project in Node makes them. */
export const options = { recipe: 'senn2025', seed: 1 };

/** The digits of the page's own server. */
export async function fetchDigits(Digits) {
  const part = async (name) => (await fetch(`/digits/${name}`)).arrayBuffer();
  const split = async (name) =>
    new Digits(new Float32Array(await part(`${name}/images`)), new Uint8Array(await part(`${name}/labels`)));
  return { train: await split('train'), test: await split('test') };
}

/** What a training came to, and what the net then takes the first test digit for. */
export async function outcomeOf(net, reports, { test }) {
  let last;
  for await (const { seconds: _, ...report } of reports) last = report;
  return { ...last, ...(await answerOf(net, test)) };
}

/** What a net takes the first digit for. */
export async function answerOf(net, { images }) {
  const { label, outputs } = await net.classify(images.subarray(0, 256));
  return { label, outputs: [...outputs] };
}
