import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { projects } from './projects.mjs';
import { runProgram } from './runProgram.mjs';

/** @param {string} path */
const inModules = (path) => join(root, 'node_modules', ...path.split('/'));

/** @param {string} project */
const types = (project) => ({
  name: `types of ${project}`,
  parameters: [inModules('typescript/bin/tsc'), '-p', project],
});

/** The slowest first, so that none is left alone at the end. */
const checks = [
  { name: 'lint', parameters: [inModules('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'floors', parameters: [inModules('dependency-cruiser/bin/dependency-cruiser.mjs'), 'src'] },
  ...projects.map(types),
  { name: 'structure', parameters: [join(root, 'scripts', 'checkStructure.mjs')] },
  {
    name: 'format',
    parameters: [inModules('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  },
  { name: 'translations', parameters: [join(root, 'scripts', 'checkTranslations.mjs')] },
];

/**
 * Runs all checks, as many at once as there are processors.
 *
 * @returns {Promise<boolean>} True when all is well.
 */
export async function runChecks() {
  const waiting = [...checks];
  let isWell = true;
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, output } = await runProgram(process.execPath, check.parameters, { cwd: root });
      console.log(`${code === 0 ? '✓' : '✗'} ${check.name}`);
      if (code === 0) continue;
      console.log(output.trimEnd());
      isWell = false;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return isWell;
}
