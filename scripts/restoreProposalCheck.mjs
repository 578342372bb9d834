import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Problem } from './problem.mjs';

/** The two bundles that have the check: the extension host and the workbench. The paths start in VS Code's own folder. */
export const checkingBundles = [
  join('out', 'vs', 'workbench', 'api', 'node', 'extensionHostProcess.js'),
  join('out', 'vs', 'code', 'browser', 'workbench', 'workbench.js'),
];

const name = '[\\w$]+';

/** The text that follows the function `$<check>` in a bundle: the function that throws when `$<check>` returns false. */
const throwsUnless = `(?=function ${name}\\(${name},${name}\\)\\{if\\(!\\k<check>\\(${name},${name}\\)\\)throw new Error\\(\`Extension )`;
const head = `function (?<check>${name})\\((?<extension>${name}),(?<proposal>${name})\\)`;

/** The check of code-server: every extension may use every proposed API. */
const switchedOff = new RegExp(`${head}\\{return!0\\}${throwsUnless}`, 'g');
/** The check of VS Code: an extension may use the proposed APIs in its `enabledApiProposals`. */
const switchedOn = new RegExp(
  `${head}\\{return!!\\k<extension>\\.enabledApiProposals&&\\k<extension>\\.enabledApiProposals\\.includes\\(\\k<proposal>\\)\\}${throwsUnless}`,
  'g',
);

/**
 * Switches VS Code's check of proposed APIs on in one bundle.
 *
 * code-server replaces `isProposedApiEnabled` by a function that returns true (its patch `proposed-api.diff`). A test on it would
 * pass with an API that throws in the VS Code of every user. If a new version of code-server has another text, this finds no check,
 * or several, and throws: compare the patterns above with the new bundle then.
 *
 * @param {string} bundle Minified JavaScript.
 * @param {string} file Its name, for messages.
 * @returns {string} The same text when its check is on already.
 * @throws {Problem} Unless exactly one function of the bundle is the check.
 */
export function restoreProposalCheck(bundle, file) {
  const off = bundle.match(switchedOff)?.length ?? 0;
  const on = bundle.match(switchedOn)?.length ?? 0;
  if (off + on !== 1) {
    throw new Problem(
      `VS Code's check of proposed APIs could not be restored: ${file} has ${off + on} places that look like it instead of 1. Compare scripts/restoreProposalCheck.mjs with the bundle.`,
    );
  }
  return bundle.replace(
    switchedOff,
    'function $<check>($<extension>,$<proposal>){return!!$<extension>.enabledApiProposals&&$<extension>.enabledApiProposals.includes($<proposal>)}',
  );
}

/**
 * Switches the check on in an installed VS Code. It may run several times, and in several processes at once, because it replaces
 * each bundle as a whole.
 *
 * @param {string} folder VS Code's own folder, which has `out`.
 * @returns {Promise<void>} Rejects with a {@link Problem} when a bundle is not the one that is expected.
 */
export async function restoreProposalChecks(folder) {
  for (const bundle of checkingBundles) {
    const path = join(folder, bundle);
    const text = await readFile(path, 'utf8');
    const restored = restoreProposalCheck(text, basename(bundle));
    if (restored === text) continue;
    const partial = `${path}.${randomUUID()}.partial`;
    try {
      await writeFile(partial, restored);
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
  }
}
