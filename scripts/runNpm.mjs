import { runProgram } from './runProgram.mjs';

/**
 * Runs npm: the one that started this script when there is one, otherwise the one on PATH.
 *
 * @param {readonly string[]} parameters
 * @param {{ cwd: string }} options
 */
export function runNpm(parameters, { cwd }) {
  const env = { ...process.env };
  // An outer npm describes its own project here; the inner one must look at `cwd` instead.
  delete env['npm_config_local_prefix'];
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('npm-cli.js')) return runProgram(process.execPath, [npm, ...parameters], { cwd, env });
  // On Windows npm is a .cmd file, which only a shell can start.
  return runProgram('npm', parameters, { cwd, env, shell: process.platform === 'win32' });
}
