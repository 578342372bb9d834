import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkIntegrity } from './checkIntegrity.mjs';
import { installWithNpm, newProject } from './installWithNpm.mjs';

const version = '1.18.0';

/**
 * What `npm view @vscode/ripgrep-PLATFORM-ARCHITECTURE@VERSION dist.integrity` printed when the version was chosen.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const ripgrepIntegrities = {
  'linux-x64':
    'sha512-mQ3bVrUpnD2vs7QT0vX90Lt0cnUq467uFtEktIdsJJmW296RoSULRGqWgzG1AKxyBpNDD6l4ZO4qKf6SgyC23Q==',
  'linux-arm64':
    'sha512-lQ/5zTG++U0E3IhVgS4EPTTn/U4okncaRMM5GOFfOYZywS4nuD31GhkHbNYlDk5CuDC68+hYJ0/eQeyCKJDA+g==',
  'darwin-x64':
    'sha512-25b4gWbL138dGuQU244ebCKKc0q05ULBMoFSz9oAEUHNeqK/lOJViDS7DRvbDazzAzSEdan391Znks/R5mkaTQ==',
  'darwin-arm64':
    'sha512-r3ktHSvbFycQNF6sl7sNDPocpsI7J+mEzh1IaZFkY0spm3k2Z9t8hPAeOK7+p0l6p6/swkQC14XWX01low+94Q==',
  'win32-x64':
    'sha512-KNPvtElldqILHdnAetujPaowkNbpqJy3ssIGGN6F6Kve9Qi+nNLI2DN01O83JjCEVQbCzl8Ov3QZ9Eov3BR8Dg==',
  'win32-arm64':
    'sha512-vfTIjq1OHnzUjxZcHVQAMbnggp8dpGf+0QKFOZHwWPqFwXxQC8eCWM+5NUdoJ6yrElCeMzoUTXoK/LdZaniB+Q==',
};

/**
 * Gives a VS Code the ripgrep that it searches files with. Older versions download it from outside the npm registry in an install
 * script, and no install script runs. Does nothing if ripgrep is there, or on a platform that Parley is not tested on.
 *
 * @param {string} vscode VS Code's own folder.
 */
export async function addRipgrep(vscode) {
  const platform = `${process.platform}-${process.arch}`;
  const integrity = ripgrepIntegrities[platform];
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const target = join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
  if (integrity === undefined || existsSync(join(target, name))) return;
  await mkdir(target, { recursive: true });
  const partial = await mkdtemp(join(target, 'partial-'));
  try {
    const packageName = `@vscode/ripgrep-${platform}`;
    await newProject(partial, {});
    await installWithNpm(partial, 'install', '--ignore-scripts', `${packageName}@${version}`);
    await checkIntegrity(partial, packageName, integrity);
    const program = join(partial, name);
    await copyFile(join(partial, 'node_modules', packageName, 'bin', name), program);
    await chmod(program, 0o755);
    await rename(program, join(target, name));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
