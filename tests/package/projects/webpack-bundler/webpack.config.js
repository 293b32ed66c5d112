export default { mode: 'production', entry: './main.js', experiments: { asyncWebAssembly: true } };
