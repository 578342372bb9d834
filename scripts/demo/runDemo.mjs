import { spawn } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../cacheFolder.mjs';
import { packageExtension } from '../packageExtension.mjs';
import { Problem } from '../problem.mjs';
import { startVSCodeServer } from '../startVSCodeServer.mjs';
import { whenOrphaned } from '../whenOrphaned.mjs';
import { demoSettings, startDemoGateway } from './startDemoGateway.mjs';

/** A browser keeps part of VS Code's state by origin, so the port should stay the same from start to start. */
const usualPort = 8391;

/**
 * Runs the demo until Ctrl+C or SIGTERM, then stops all that it started.
 *
 * @param {{ port?: number, open: boolean }} options
 */
export async function runDemo({ port, open }) {
  if (port !== undefined && !(await isFree(port))) {
    throw new Problem(`Port ${port} is taken or not a port; choose another, or leave --port out.`);
  }
  const told = stopSignal();
  const dataFolder = join(cacheFolder(), 'demo');
  const workspace = join(dataFolder, 'workspace');
  await mkdir(workspace, { recursive: true });
  // What the user has changed in there stays.
  await cp(fileURLToPath(new URL('workspace', import.meta.url)), workspace, {
    recursive: true,
    force: false,
  });

  console.log('Building and packaging the extension …');
  const vsix = join(dataFolder, 'parley.vsix');
  await packageExtension(vsix);

  const gateway = await startDemoGateway();
  try {
    const server = await startVSCodeServer({
      dataFolder,
      vsix,
      port: port ?? ((await isFree(usualPort)) ? usualPort : 0),
      settings: {
        // No question before the first look: the demo needs no more than Restricted Mode grants.
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
        'parley.gateways': [{ ...demoSettings, baseUrl: gateway.baseUrl }],
        'parley.defaultModel': 'demo/nightingale',
      },
    });
    try {
      const folder = workspace.replaceAll('\\', '/').replace(/^(?!\/)/, '/');
      const url = server.address(new URLSearchParams({ folder }));
      console.log(`\nParley is listening at\n\n  ${url}\n`);
      console.log(
        'Only this address opens it, and only on this computer. Keep it to yourself: it can run programs as you.',
      );
      console.log('Open it, click the Parley icon at the left edge, and ask "What can you show me?".');
      console.log('Press Ctrl+C here to stop.');
      if (open) await openInBrowser(url);
      await Promise.race([told, server.ended]);
    } finally {
      await server.stop();
    }
  } finally {
    await gateway.stop();
  }
  console.log('Stopped.');
}

/** Resolves when this process is told to stop. From the call on, such a signal no longer ends it by force. */
function stopSignal() {
  /** @type {PromiseWithResolvers<void>} */
  const { promise, resolve } = Promise.withResolvers();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => {
      resolve();
    });
  whenOrphaned(resolve);
  return promise;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    try {
      probe.listen(port, '127.0.0.1', () => {
        probe.close(() => {
          resolve(true);
        });
      });
    } catch {
      // Not a number between 0 and 65535.
      resolve(false);
    }
  });
}

/**
 * Opens the user's browser where there is a screen to show it on. The browser is given a file that leads to the address,
 * because other accounts can read command lines. The file is in the checkout, because browsers in a sandbox (Snap, Flatpak)
 * read no hidden folder, such as the cache folder.
 *
 * @param {string} url
 */
async function openInBrowser(url) {
  const { env, platform, stdout } = process;
  if (env['CI'] !== undefined || !stdout.isTTY) return;
  const hasScreen =
    platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasScreen) return;
  const [program, ...parameters] =
    platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler']
      : [platform === 'darwin' ? 'open' : 'xdg-open'];
  const folder = fileURLToPath(new URL('../../artifacts', import.meta.url));
  await mkdir(folder, { recursive: true });
  const page = join(folder, 'openDemo.html');
  await rm(page, { force: true });
  const target = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  await writeFile(page, `<!doctype html><meta http-equiv="refresh" content="0; url=${target}">\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  const child = spawn(program, [...parameters, page], { stdio: 'ignore', detached: true });
  child.once('error', () => {
    console.log('No browser could be opened; open the address above yourself.');
  });
  child.unref();
}
