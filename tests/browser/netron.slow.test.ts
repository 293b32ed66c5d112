// Netron, the viewer of models, draws ours: every layer, with the sizes that we say.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FullyConnected, LeNet1, type Network } from '../../ts/entries/index.ts';
import { toOnnx } from '../../ts/entries/onnx.ts';
import { chromiumPath, launchChromium, patience } from '../support/chromium.ts';
import { python } from '../support/onnx-python.ts';

const hasNetron = spawnSync(python, ['-c', 'import netron']).status === 0;

/** Shows a model until it is stopped; prints the port. */
const SERVE = `
import sys, netron
host, port = netron.start(sys.argv[1], ("localhost", 0), browse=False)
print(f"port {port}", flush=True)
netron.wait()
`;

let folder: string;
let browser: Browser;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-netron-'));
  if (chromiumPath !== undefined && hasNetron) browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  for (const server of servers) {
    if (server.exitCode !== null) continue;
    server.kill();
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Serves a model; returns the port. */
async function serve(net: Network): Promise<string> {
  const path = join(folder, `${net.constructor.name}.onnx`);
  writeFileSync(path, toOnnx(net));
  const server = spawn(python, ['-c', SERVE, path], { stdio: ['ignore', 'pipe', 'pipe'] });
  servers.push(server);
  return new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const [, port] = /^port (\d+)$/m.exec(printed) ?? [];
        if (port !== undefined) resolve(port);
      });
    }
    server.once('exit', () => reject(new Error(`expected a port; got ${printed}`)));
  });
}

describe.skipIf(chromiumPath === undefined || !hasNetron)('Netron (needs Chromium, and Python with netron)', () => {
  test.each<[string, () => Promise<Network>, string, string]>([
    [
      'LeNet-1',
      () => LeNet1.create({ recipe: 'modern2022' }),
      'Pad Conv Add Relu Pad Gather Conv Add Relu Flatten Gemm Relu Gemm Softmax',
      '1×16×16 1×20×20 12×8×8 12×8×8 12×8×8 12×12×12 96×12×12 12×4×4 12×4×4 12×4×4 192 30 30 10 10',
    ],
    ['the baseline', () => FullyConnected.create(), 'Flatten Gemm Tanh Gemm Sigmoid', '1×16×16 256 40 40 10 10'],
  ])('draws %s', async (_, make, operators, sizes) => {
    const port = await serve(await make());
    const page = await browser.newPage({ viewport: { width: 800, height: 2000 } });
    await page.route(
      ({ hostname }) => hostname !== 'localhost', // it asks where it is
      (route) => route.abort(),
    );
    await page.goto(`http://localhost:${port}/`);
    await page.getByText('Accept', { exact: true }).click(patience); // its notice about cookies
    const shown = async (part: RegExp): Promise<string> => {
      // biome-ignore lint/performance/useDomNodeTextContent: a text a line, as it is shown
      const lines = (await page.locator('body').innerText(patience)).split('\n');
      return lines.flatMap((line) => part.exec(line)?.[1] ?? []).join(' ');
    };
    await expect.poll(() => shown(/^N×(.*)$/), patience).toBe(sizes);
    expect(await shown(/^([A-Z][a-z]\w+)$/)).toBe(operators);
    expect(await shown(/^(image|output)$/)).toBe('image output');
    await page.close();
  });
});
