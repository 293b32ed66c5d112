// What `npm run docs` makes: a page for each public name, in docs/api, with the README in front.

import { readFileSync } from 'node:fs';
import {
  Converter,
  OptionDefaults,
  ParameterReflection,
  ReferenceReflection,
  ReflectionKind,
  SignatureReflection,
} from 'typedoc';

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

/**
 * Describes LeNet1Worker's methods as LeNet1's. A mapped type makes them of those, and editors follow it, but TypeDoc shows no comment
 * and `...given` for parameters.
 */
function describeWorker(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const members = (project.children ?? []).flatMap(({ children }) => children ?? []);
    const classNamed = (name) =>
      members.find((member) => member.name === name && !(member instanceof ReferenceReflection));
    const [net, worker] = [classNamed('LeNet1'), classNamed('LeNet1Worker')];
    worker.extendedTypes = undefined; // the mapped type
    const originals = new Map(net.children.map((member) => [member.name, member]));
    for (const member of worker.children) {
      const mapped = member.signatures?.[0] ?? member.type?.declaration?.signatures?.[0];
      const { signatures, getSignature } = originals.get(member.name) ?? {};
      const original = signatures?.[0] ?? getSignature;
      if (mapped === undefined || mapped.comment !== undefined || original === undefined) continue;
      describeMethod(project, member, mapped.type, original);
    }
  });
}

function describeMethod(project, member, type, original) {
  for (const old of member.signatures ?? [member.type.declaration]) project.removeReflection(old);
  member.kind = ReflectionKind.Method;
  const signature = new SignatureReflection(member.name, ReflectionKind.CallSignature, member);
  signature.type = type;
  signature.comment = original.comment?.clone();
  signature.parameters = original.parameters?.map(({ name, type, defaultValue, flags }) =>
    Object.assign(new ParameterReflection(name, ReflectionKind.Parameter, signature), { type, defaultValue, flags }),
  );
  for (const made of [signature, ...(signature.parameters ?? [])]) project.registerReflection(made);
  member.signatures = [signature];
}

/** @type {Partial<import('typedoc').TypeDocOptions>} */
const options = {
  tsconfig: 'tsconfig.build.json',
  entryPoints: entries.map(({ source }) => source),
  out: 'docs/api',
  customCss: 'docs/api.css',
  projectDocuments: ['docs/*.md', 'CONTRIBUTING.md'],
  plugin: [nameEntries, describeWorker],
  excludePrivate: true,
  excludeProtected: true,
  intentionallyNotExported: ['ts/worker/client.ts:WorkerNet'],
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
