// Makes the site: guides and API by TypeDoc, beside them the page as the live demo. Static files, which work below any path.
//
//   node scripts/docs.mjs             site/; ends with another status than 0 at TypeDoc's first warning
//   node scripts/docs.mjs --out DIR

import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({ options: { out: { type: 'string', default: join(root, 'site') } } });
const out = resolve(options.out);

try {
  const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
  execFileSync(process.execPath, [typedoc, '--out', out], { cwd: root, stdio: 'inherit' });
} catch {
  process.exit(1); // it has said why
}
await build({
  configFile: join(root, 'ts/page/vite.config.ts'),
  logLevel: 'warn',
  build: {
    outDir: join(out, 'demo'),
    emptyOutDir: true,
    rolldownOptions: { checks: { pluginTimings: false } }, // packing the digits takes most of the time, as it should
  },
});
console.log(`the site is in ${out}`);
