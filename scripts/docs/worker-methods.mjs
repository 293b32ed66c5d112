// Describes LeNet1Worker's methods as LeNet1's. A mapped type makes them of those, and editors follow it, but TypeDoc shows no comment
// and `...given` for parameters.

import { Converter, ParameterReflection, ReferenceReflection, ReflectionKind, SignatureReflection } from 'typedoc';

export function describeWorker(app) {
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
