import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runProgram } from './runProgram.mjs';

/** What we use of VS Code's API, which has its members as properties of its own. */
const api = [
  ...[
    'commands',
    'env',
    'l10n',
    'languages',
    'lm',
    'window',
    'workspace',
    'Uri',
    'Range',
    'Position',
    'Selection',
  ],
  ...['ConfigurationTarget', 'ExtensionMode', 'ProgressLocation', 'QuickPickItemKind', 'StatusBarAlignment'],
  ...['SymbolKind', 'TabInputText', 'ThemeIcon', 'ViewColumn', 'EventEmitter', 'CancellationError'],
];

/**
 * Loads the built extension with a VS Code that does nothing, and counts only the time of the processor. So other work of VS Code
 * and of the machine does not count. Node loads another file before, as VS Code does: the first one takes half a millisecond more. A
 * thread's time is brought up to date when it lets go of the processor.
 */
const program = `
  const thing = new Proxy(function () {}, {
    get: (_, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '/nowhere' : thing),
    set: () => true,
    apply: () => thing,
    construct: () => thing,
  });
  const vscode = {};
  for (const name of ${JSON.stringify(api)}) vscode[name] = thing;
  vscode.workspace.getConfiguration = () => ({ inspect: () => undefined, get: () => undefined });
  vscode.Uri.joinPath = () => ({ fsPath: '/nowhere' });
  vscode.l10n.t = (text) => text;
  const Module = require('node:module');
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
  require('node:fs/promises'); require('node:crypto'); require('node:zlib');
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  const time = () => {
    Atomics.wait(nothing, 0, 0, 0.01);
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  require(process.argv[2]);
  const before = time();
  const { activate } = require(process.argv[1]);
  const memento = { get: () => undefined, update: async () => undefined };
  const uri = { fsPath: '/nowhere', path: '/nowhere' };
  activate({
    subscriptions: [], workspaceState: memento, globalState: memento, extensionMode: 1, extension: { packageJSON: {} },
    secrets: { get: async () => undefined, keys: async () => [], onDidChange: () => ({ dispose() {} }) },
    extensionUri: uri, globalStorageUri: uri, storageUri: uri,
  });
  console.log(time() - before);
  process.exit(0);
`;

/**
 * Measures what activation costs: loading the bundle and calling `activate`.
 *
 * @returns {Promise<number>} Milliseconds of the processor; the median of nine fresh processes.
 */
export async function measureActivation() {
  const times = [];
  for (let round = 0; round < 9; round += 1)
    times.push(await activateOnce(join(root, 'dist', 'extension.js')));
  return times.toSorted((left, right) => left - right)[4] ?? Number.NaN;
}

/**
 * Activates an extension in a fresh process.
 *
 * @param {string} bundle The extension's main file, which has everything but `vscode` in it.
 * @returns {Promise<number>} Milliseconds of the processor.
 */
export async function activateOnce(bundle) {
  const { code, output } = await runProgram(
    process.execPath,
    ['-e', program, bundle, join(root, 'package.json')],
    { cwd: root },
  );
  if (code !== 0) throw new Problem(`${output}\nThe extension did not activate.`);
  return Number(output.trim());
}
