// TypeDoc's part of `npm run docs`: the README in front, a page for each guide and for each public name.

import { readFileSync } from 'node:fs';
import { Converter, OptionDefaults } from 'typedoc';
import { layOut, nameGuides } from './scripts/docs/site.mjs';
import { describeWorker } from './scripts/docs/worker-methods.mjs';

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
    const [main, ...others] = project.children ?? [];
    const again = ['bundler', 'slim'].map((entry) => `${main.name}/${entry}`);
    for (const { name, comment } of others) if (again.includes(name)) comment.summary.push(...sameNamesAs(main));
  });
}

/** A sentence that stands for the references that are left out. */
function sameNamesAs(module) {
  const link = { kind: 'inline-tag', tag: '@link', target: module, text: module.name };
  return [{ kind: 'text', text: ' It exports all that ' }, link, { kind: 'text', text: ' exports.' }];
}

/** @type {Partial<import('typedoc').TypeDocOptions>} */
const options = {
  tsconfig: 'tsconfig.build.json',
  entryPoints: entries.map(({ source }) => source),
  out: 'site',
  customCss: 'docs/site.css',
  projectDocuments: ['docs/*.md', 'CONTRIBUTING.md'],
  plugin: [nameEntries, describeWorker, nameGuides, layOut],
  router: 'lenet1',
  theme: 'lenet1',
  // Guides and README bring their own headings.
  headings: { readme: false, document: false },
  navigation: { includeFolders: false },
  // A name that several entries export is told once, where it comes first.
  excludeReferences: true,
  includeHierarchySummary: false,
  searchInDocuments: true,
  excludePrivate: true,
  excludeProtected: true,
  intentionallyNotExported: ['ts/worker/client.ts:WorkerNet', 'ts/picture/pixels-of.ts:InBrowser'],
  // Its links to the sources need a Git remote, which a clone or an unpacked archive may not have.
  disableSources: true,
  githubPages: false,
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'bibtex', 'dockerfile'],
  includeVersion: true,
  sort: ['source-order'],
  sortEntryPoints: false,
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
