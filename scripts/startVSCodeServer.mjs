import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installVSCode } from './installVSCode.mjs';
import { Problem } from './problem.mjs';
import { runProgram } from './runProgram.mjs';
import { signalTree, stopTree } from './stopTree.mjs';

/** Calm surroundings: nothing but Parley should ask for attention. The colours follow the system's, or the test's. */
const calmSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.autoDetectColorScheme': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @typedef {object} ServerOptions
 * @property {string} dataFolder Everything that VS Code writes goes below this folder; made when missing.
 * @property {Readonly<Record<string, unknown>>} [settings] User settings, beside the calm ones.
 * @property {import('./installVSCode.mjs').Version} [version]
 * @property {boolean} [trust] True: every workspace is trusted without a question, for tests. Default false (Restricted Mode).
 * @property {boolean} [driver] True: pages may carry the payload of tests.
 * @property {string} [vsix] A packaged extension to install first.
 * @property {number} [port] Default: a free one.
 * @property {NodeJS.ProcessEnv} [env] What the extension host finds in its environment.
 */

/**
 * @typedef {object} VSCodeServer
 * @property {string} authority `127.0.0.1:PORT`, which is also the authority of its `vscode-remote:` URIs.
 * @property {(query: URLSearchParams) => string} address Where a window opens with this query, such as
 *   `http://127.0.0.1:PORT/?folder=…&tkn=TOKEN`. A secret: who knows it can run programs as the user.
 * @property {string} tokenFile Holds the token; only the user can read it.
 * @property {() => string} output What the server has said so far.
 * @property {Promise<void>} ended Resolves when the server has ended, whoever ended it.
 * @property {() => Promise<void>} stop Ends the server and what it started.
 */

/**
 * Starts VS Code as a web server on loopback and resolves once it listens.
 *
 * Every page that the user opens and every account of the computer can reach a port on loopback, and this server reads files
 * and runs programs. It therefore answers only requests with a token, which is new at each start and which no command line
 * shows. The address is 127.0.0.1 and not localhost, which may also mean ::1, where another account's server could listen.
 *
 * @param {ServerOptions} options
 * @returns {Promise<VSCodeServer>}
 */
export async function startVSCodeServer(options) {
  const { dataFolder, trust = false, driver = false, env = process.env } = options;
  const installed = await installVSCode(options.version);
  const folders = await prepareFolders(dataFolder, options.settings);
  if (options.vsix !== undefined) await installVsix(installed, folders, options.vsix);
  const { token, tokenFile } = await writeToken(dataFolder);

  const child = spawn(
    installed.node,
    [
      installed.server,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--connection-token-file', tokenFile, '--accept-server-license-terms', '--telemetry-level', 'off'],
      ...(trust ? ['--disable-workspace-trust'] : []),
      ...(driver ? ['--enable-smoke-test-driver'] : []),
      ...folders,
    ],
    { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  // Whatever ends this process must not leave a server behind.
  const atExit = () => {
    if (child.pid !== undefined) signalTree(child.pid, 'SIGKILL');
  };
  process.once('exit', atExit);

  let output = '';
  /** @type {Promise<number>} */
  const listening = new Promise((resolve, reject) => {
    const hear = (/** @type {string} */ text) => {
      output += text;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Problem(`${output}\nVS Code ended before it listened; what it said is above.`));
    });
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const authority = `127.0.0.1:${await listening}`;
  return {
    authority,
    address: (query) => `http://${authority}/?${new URLSearchParams([...query, ['tkn', token]]).toString()}`,
    tokenFile,
    output: () => output,
    ended,
    stop: async () => {
      await stopTree(child);
      process.off('exit', atExit);
      await rm(tokenFile, { force: true });
    },
  };
}

/**
 * @param {string} dataFolder
 * @returns {Promise<{ token: string, tokenFile: string }>} A new token, and the file that tells the server.
 */
async function writeToken(dataFolder) {
  const token = randomBytes(24).toString('base64url');
  const tokenFile = join(dataFolder, 'connection-token');
  // A file that is there already would keep its permissions.
  await rm(tokenFile, { force: true });
  await writeFile(tokenFile, token, { mode: 0o600, flag: 'wx' });
  return { token, tokenFile };
}

/**
 * @param {string} dataFolder
 * @param {Readonly<Record<string, unknown>>} [settings]
 * @returns {Promise<string[]>} The folders as VS Code wants to be told.
 */
async function prepareFolders(dataFolder, settings) {
  const user = join(dataFolder, 'user', 'User');
  await mkdir(user, { recursive: true });
  await writeFile(join(user, 'settings.json'), JSON.stringify({ ...calmSettings, ...settings }, null, 2));
  return [
    ...['--server-data-dir', join(dataFolder, 'server')],
    ...['--user-data-dir', join(dataFolder, 'user')],
    ...['--extensions-dir', join(dataFolder, 'extensions')],
  ];
}

/**
 * @param {import('./installVSCode.mjs').InstalledVSCode} installed
 * @param {readonly string[]} folders
 * @param {string} vsix
 */
async function installVsix({ node, server }, folders, vsix) {
  const { code, output } = await runProgram(
    node,
    [server, '--accept-server-license-terms', ...folders, '--install-extension', vsix, '--force'],
    { env: cleanEnvironment(process.env) },
  );
  if (code !== 0 || !output.includes('was successfully installed')) {
    throw new Problem(`${output}\n${vsix} could not be installed into VS Code.`);
  }
}

/**
 * A VS Code that this script is started from must not look like the parent of ours.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function cleanEnvironment(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)),
  );
}
