import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from '../../scripts/problem.mjs';
import { runProgram } from '../../scripts/runProgram.mjs';

const names =
  process.platform === 'win32'
    ? ['chrome.exe', 'msedge.exe', 'chromium.exe']
    : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const usualPlaces = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/snap/bin/chromium',
];

/**
 * Finds the browser for the tests: `$PARLEY_CHROMIUM`, or the Chromium (Chrome, Edge) of this system. If apt may
 * be used, installs a missing browser.
 *
 * @returns The path of its executable.
 * @throws {Problem} With a sentence that tells the user what to do.
 */
export async function findChromium(): Promise<string> {
  const chosen = process.env['PARLEY_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Problem(`PARLEY_CHROMIUM names ${chosen}, where nothing is.`);
  }
  const found = installed();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await installWithApt();
    const now = installed();
    if (now !== undefined) return now;
  }
  throw new Problem(
    'These tests need Chromium, Chrome or Edge: install one, or set PARLEY_CHROMIUM to the path of its executable.',
  );
}

function installed(): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path));
}

async function installWithApt(): Promise<void> {
  console.log('Installing Chromium with apt …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { code, output } = await runProgram('apt-get', parameters, { env });
    if (code !== 0)
      throw new Problem(`${output}\nChromium could not be installed: apt-get failed, as told above.`);
  }
}
