import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Version } from '../../scripts/installVSCode.mjs';
import { startVSCodeServer } from '../../scripts/startVSCodeServer.mjs';
import { launchBrowser } from './launchBrowser';

/** Top of the checkout, which is also the extension under development. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** How to start VS Code; every field may be left out. */
export interface VSCodeOptions {
  /** User settings, beside the calm ones of every test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder to open. Default: an empty one, removed afterwards. */
  readonly workspace?: string;
  readonly version?: Version;
  /** False: the workspace is not trusted until the user says so (Restricted Mode). Default: true. */
  readonly trust?: boolean;
  /** A packaged extension to install, or the folder of one to load from there. Default: this checkout. */
  readonly extension?: { readonly vsix: string } | { readonly folder: string };
  /** Folders of more extensions to install beside it: VS Code in a browser loads but one from where it is. */
  readonly others?: readonly string[];
  /** What the extension host finds in its environment, beside our own. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A real VS Code, served on loopback and looked at with Chromium. */
export interface VSCode {
  /** The workspace folder. */
  readonly workspace: string;
  /** Where this VS Code writes everything: settings, storage, logs. */
  readonly dataFolder: string;
  /** What the workbench and the extension host wrote to their consoles, oldest first. */
  readonly log: readonly string[];
  /**
   * Opens a window (a tab) and waits until the workbench stands. Each window has an extension host of its own; all windows share
   * settings, secrets and conversations, as does a window after `page.reload()`.
   */
  page(options?: PageOptions): Promise<Page>;
  /** Ends the browser and the server, and removes what they wrote. */
  dispose(): Promise<void>;
}

/** How to open one window. */
export interface PageOptions {
  /** Another folder than the VS Code's own, or a `.code-workspace` file. */
  readonly workspace?: string;
  /** How much VS Code writes to its logs; `trace` is all of it. */
  readonly logLevel?: 'trace';
  /** Called with the page before anything is loaded into it. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** The module whose `run()` the extension host calls. */
  readonly testsPath?: string;
  /** Told each line of the consoles as it comes. */
  readonly onLog?: (line: string) => void;
  /** Told the exit code once `run()` has settled. */
  readonly onExit?: (code: number) => void;
}

/** What would happen by itself, and be taken for Parley's doing. */
const calmWindow = {
  // A test that counts requests knows of none but its own.
  'parley.automaticTitles': false,
  // In a browser VS Code saves a changed file a second later; a test that is slow for once would meet that.
  'files.autoSave': 'off',
};

/** Starts VS Code with fresh data folders. The caller disposes it. */
export async function startVSCode(options: VSCodeOptions = {}): Promise<VSCode> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-test-'));
  const workspace = options.workspace ?? join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  const extension = options.extension ?? { folder: root };
  for (const other of options.others ?? []) {
    await cp(other, join(folder, 'extensions', basename(other)), { recursive: true });
  }
  const server = await startVSCodeServer({
    dataFolder: folder,
    driver: true,
    trust: options.trust ?? true,
    env: { ...process.env, ...options.env },
    settings: { ...calmWindow, ...options.settings },
    ...(options.version && { version: options.version }),
    ...('vsix' in extension && { vsix: extension.vsix }),
  });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Long enough for a busy machine, short enough to learn why a test hangs before its own limit ends it.
  context.setDefaultTimeout(20_000);
  const log: string[] = [];

  return {
    workspace,
    dataFolder: folder,
    log,
    async page(pageOptions = {}) {
      const page = await context.newPage();
      await page.exposeFunction('codeAutomationLog', (type: string, parameters: unknown[]) => {
        const line = [type, ...parameters].map(String).join(' ');
        log.push(line);
        pageOptions.onLog?.(parameters.map(String).join(' '));
      });
      await page.exposeFunction('codeAutomationExit', (code: number) => pageOptions.onExit?.(code));
      await pageOptions.prepare?.(page);
      const remote = (path: string): string => `vscode-remote://${server.authority}${uriPath(path)}`;
      const payload = [
        ['skipWelcome', 'true'],
        ...('folder' in extension ? [['extensionDevelopmentPath', remote(extension.folder)]] : []),
        ...(pageOptions.testsPath === undefined
          ? []
          : [['extensionTestsPath', remote(pageOptions.testsPath)]]),
        ...(pageOptions.logLevel === undefined ? [] : [['logLevel', pageOptions.logLevel]]),
      ];
      const opened = pageOptions.workspace ?? workspace;
      const query = new URLSearchParams({
        [opened.endsWith('.code-workspace') ? 'workspace' : 'folder']: uriPath(opened),
        payload: JSON.stringify(payload),
      });
      await page.goto(server.address(query));
      await page.locator('.monaco-workbench .activitybar').waitFor();
      return page;
    },
    async dispose() {
      await browser.close();
      await server.stop();
      // On Windows, files may stay open a moment longer than the program.
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A file's path as it stands in a URI: with slashes, and a leading one. */
function uriPath(path: string): string {
  const slashes = path.replaceAll('\\', '/').replace(/\/$/, '');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
