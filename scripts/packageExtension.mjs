import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runProgram } from './runProgram.mjs';

const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

/**
 * Builds for production (vsce runs the script `vscode:prepublish`) and packages the extension.
 *
 * @param {string} file The .vsix to write.
 */
export async function packageExtension(file) {
  const { code, output } = await runProgram(
    process.execPath,
    [
      vsce,
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
      '--out',
      file,
    ],
    { cwd: root },
  );
  if (code !== 0) throw new Problem(`${output}\nThe extension could not be packaged, for the reason above.`);
  // Mermaid comes in many chunks, of which a diagram loads a few; vsce counts the files and takes them for unbundled.
  if (/^\s*WARNING(?!\s+This extension consists of \d+ files)/m.test(output))
    throw new Problem(`${output}\nvsce warns; see above.`);
}

/** @returns {Promise<string[]>} The files that go into the package, with slashes. */
export async function packagedFiles() {
  const { code, output } = await runProgram(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: root,
  });
  if (code !== 0) throw new Problem(`${output}\nvsce could not list the files of the package.`);
  return output.split('\n').filter((line) => line !== '');
}
