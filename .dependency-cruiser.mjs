// The rooms of ts/ and the direction of imports between them, held by `npm run check`.

/** From the top floor down: a room imports from the rooms below it, and from no other. */
const floors = [
  ['page', 'cli'],
  ['entries'],
  ['worker'],
  ['report', 'node', 'reader'],
  ['nets'],
  ['picture', 'formats'],
  ['data'],
  ['recipes'],
  ['wasm'],
];

const pathOf = (rooms) => `^ts/(${rooms.join('|')})/`;

/** What a floor must not import: the floors above it, and the other rooms on it. */
const directions = floors.flatMap((floor, place) =>
  floor.map((room) => {
    const forbidden = [...floors.slice(0, place).flat(), ...floor.filter((other) => other !== room)];
    return {
      name: `${room} imports downwards`,
      severity: 'error',
      from: { path: pathOf([room]) },
      to: { path: forbidden.length > 0 ? pathOf(forbidden) : '^$' },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: [
    ...directions,
    {
      name: 'every file has a room',
      comment: 'A new room gets its floor in this file. error.ts and typed-array.ts are the ground that all stand on.',
      severity: 'error',
      from: { path: '^ts/', pathNot: `${pathOf(floors.flat())}|^ts/(error|typed-array)\\.ts$` },
      to: {},
    },
    {
      name: 'the ground imports nothing above it',
      severity: 'error',
      from: { path: '^ts/[^/]+\\.ts$' },
      to: { path: pathOf(floors.flat()) },
    },
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'Node only where it is',
      comment: 'All else runs in browsers.',
      severity: 'error',
      from: { path: '^ts/', pathNot: '^ts/(node|cli|page)/|^ts/worker/node-' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // types too
    tsConfig: { fileName: 'tsconfig.json' },
  },
};

export default configuration;
