// Does what the command `webpack` does: builds the project in this folder by its webpack.config.js.

import { join } from 'node:path';
import webpack from 'webpack';

const { default: config } = await import(join(process.cwd(), 'webpack.config.js'));
webpack(config, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
});
