// What `npm run docs` makes: a page for each public name, in docs/api, with the README in front.

import { readFileSync } from 'node:fs';
import { Converter, OptionDefaults } from 'typedoc';

const { name, exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The entries of package.json's exports, each by the source of its types: a new one there is documented at once. */
const entries = Object.entries(exports).flatMap(([path, { types }]) =>
  types === undefined ? [] : [{ importPath: name + path.slice(1), source: sourceOf(types) }],
);

function sourceOf(types) {
  return types.replace('./dist/', 'ts/').replace(/\.d\.ts$/, '.ts');
}

/** Calls each entry what an import calls it, not by its file. */
function nameEntries(app) {
  const names = new Map(
    entries.map(({ importPath, source }) => [source.replace(/^ts\/(.*?)(\/index)?\.ts$/, '$1'), importPath]),
  );
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name;
  });
}

/** @type {Partial<import('typedoc').TypeDocOptions>} */
const options = {
  tsconfig: 'tsconfig.build.json',
  entryPoints: entries.map(({ source }) => source),
  out: 'docs/api',
  customCss: 'docs/api.css',
  projectDocuments: ['docs/*.md', 'CONTRIBUTING.md'],
  plugin: [nameEntries],
  excludePrivate: true,
  excludeProtected: true,
  // Its links to the sources need a Git remote, which a clone or an unpacked archive may not have.
  disableSources: true,
  githubPages: false,
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'dockerfile'],
  includeVersion: true,
  sort: ['source-order'],
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
  treatWarningsAsErrors: true,
};

export default options;
