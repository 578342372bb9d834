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

/** Options for starting VS Code. All are optional. */
export interface VSCodeOptions {
  /** User settings, in addition to the defaults of all tests. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder to open. Default: an empty one, removed afterwards. */
  readonly workspace?: string;
  readonly version?: Version;
  /** False: the workspace is not trusted until the user says so (Restricted Mode). Default: true. */
  readonly trust?: boolean;
  /** A packaged extension to install, or the folder of one to load from there. Default: this checkout. */
  readonly extension?: { readonly vsix: string } | { readonly folder: string };
  /** Folders of further extensions to install. VS Code in a browser loads only one extension from its folder. */
  readonly others?: readonly string[];
  /** Environment variables of the extension host, in addition to those of the tests. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A real VS Code, served on loopback and opened in Chromium. */
export interface VSCode {
  /** The workspace folder. */
  readonly workspace: string;
  /** The folder for everything that this VS Code writes: settings, storage, logs. */
  readonly dataFolder: string;
  /** The console output of the workbench and the extension host, oldest first. */
  readonly log: readonly string[];
  /**
   * Opens a window (a tab) and waits until the workbench is ready. Each window has its own extension host; all windows share
   * settings, secrets and conversations, as does a window after `page.reload()`.
   */
  page(options?: PageOptions): Promise<Page>;
  /** Stops the browser and the server, and removes their files. */
  dispose(): Promise<void>;
}

/** Options for opening a window. */
export interface PageOptions {
  /** Another folder than the VS Code's own, or a `.code-workspace` file. */
  readonly workspace?: string;
  /** VS Code's log level. `trace` logs everything. */
  readonly logLevel?: 'trace';
  /** Called with the page before anything is loaded into it. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** The module whose `run()` the extension host calls. */
  readonly testsPath?: string;
  /** Called for each line of the consoles. */
  readonly onLog?: (line: string) => void;
  /** Called with the exit code when `run()` has settled. */
  readonly onExit?: (code: number) => void;
}

/** Settings that turn off automatic actions of VS Code, which a test could confuse with Parley's actions. */
const calmWindow = {
  // Tests count requests, so VS Code must not send any.
  'parley.automaticTitles': false,
  // In a browser, VS Code saves a changed file after a second, which would affect a slow test.
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
  // Long enough for a busy machine, but shorter than the limit of a test, so that the reason for a hang is reported.
  context.setDefaultTimeout(60_000);
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

/** The path of a file in a URI: with forward slashes and a leading slash. */
function uriPath(path: string): string {
  const slashes = path.replaceAll('\\', '/').replace(/\/$/, '');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
