import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { filesContaining } from '../../support/filesContaining';
import { ProxyServer } from '../../support/proxyServer';
import { RawServer } from '../../support/rawServer';
import { startVSCode, type VSCode } from '../../support/startVSCode';
import { checkGateway, openParley, quickInput, quickPickRows, runCommand } from '../../support/workbench';
import { extent } from '../support/extent';
import { extensionHostsOf } from '../support/extensionHosts';
import { printFigures } from '../support/printFigures';
import { RecordingGateway, sendJson, streamAnswer, type RecordedRequest } from '../support/recordingGateway';
import { SecretSearch } from '../support/secretSearch';
import { echoes } from './echoes';
import { storedInPage } from './storedInPage';
import { watchGlass } from './watchGlass';

/** With characters that JSON, URLs and base64 write differently, as few keys have and every key may. */
const key = 'sk-c4n4ry+Zq/81"Lw=x7KdPb2Rv5Tn';
const wrongKey = 'sk-wr0ng/7Hs"Gm+42=QcXe9JuVa3Ly';

/** Where something was found, and what. */
interface Finding {
  readonly place: string;
  readonly text: string;
}

describe('a key', () => {
  const keys = new SecretSearch(key, wrongKey);
  const findings: Finding[] = [];
  const heard: { lines: string[]; glass: readonly string[] } = { lines: [], glass: [] };
  let searched = 0;
  let asked = 0;
  let gateway: RecordingGateway;
  let secure: RawServer;
  let proxy: ProxyServer;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    gateway = await RecordingGateway.start(answer);
    secure = await RawServer.start(() => undefined, {
      key: await readFile('test/fixtures/selfSigned.key.pem', 'utf8'),
      cert: await readFile('test/fixtures/selfSigned.cert.pem', 'utf8'),
    });
    proxy = await ProxyServer.start({ answer: 'HTTP/1.1 502 Bad Gateway\r\n\r\n' });
    vscode = await startVSCode({
      settings: {
        'files.simpleDialog.enable': true,
        'http.proxy': `http://name:word@${proxy.host}`,
        'parley.automaticTitles': true,
        'parley.defaultModel': 'canary/gpt-4o',
        'parley.gateways': [
          { id: 'canary', name: 'Canary', baseUrl: `${gateway.origin}/v1` },
          { id: 'secure', name: 'Secure', baseUrl: secure.baseUrl, models: ['secure-model'] },
          { id: 'far', name: 'Far', baseUrl: 'https://gateway.test/v1', models: ['far-model'] },
        ],
      },
    });
    page = await vscode.page({
      logLevel: 'trace',
      prepare: async (opened) => {
        opened.on('console', (message) => heard.lines.push(message.text()));
        opened.on('pageerror', (error) => heard.lines.push(error.stack ?? error.message));
        heard.glass = await watchGlass(opened);
      },
    });
    view = await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await Promise.all([gateway.stop(), secure.stop(), proxy.stop()]);
    printFigures('canary', {
      'answers that echo the key': asked,
      'places searched': searched,
      'canaries found': findings.length,
    });
  });

  it('is found by the search in every way that it is written', () => {
    for (const each of [key, wrongKey]) {
      const spellings = [
        ...[
          each,
          JSON.stringify(each),
          encodeURIComponent(each),
          btoa(each),
          btoa(`a${each}`),
          btoa(`ab${each}`),
        ],
        ...[Buffer.from(each).toString('hex'), Buffer.from(each).toString('base64url'), each.slice(7, 19)],
        each.replaceAll(/./g, '$&\n'),
      ];
      for (const spelling of spellings) assert.ok(keys.find(`… ${spelling} …`), spelling);
      assert.ok(keys.find(Buffer.from(each, 'utf16le')));
      assert.equal(keys.find(each.slice(0, 11)), undefined);
    }
  });

  it('is stored once the gateway takes it; a wrong one is refused', async () => {
    await ask('Hello');
    await view.getByRole('alert').getByRole('button', { name: 'Set API Key' }).click();
    await quickInput(page).fill(wrongKey);
    await page.keyboard.press('Enter');
    await page.getByText('Canary rejected this key.').waitFor();
    await quickInput(page).fill(key);
    await page.keyboard.press('Enter');
    await view.getByText('A plain answer.').first().waitFor();
  });

  it('comes back in answers and errors', async () => {
    for (let round = 0; round < extent(1, 8); round += 1)
      for (const name of Object.keys(echoes)) {
        await askAndWait(`«${name}»`);
        asked += 1;
      }
  });

  it('is needed to list models, to check the gateway and for a report of that', async () => {
    await runCommand(page, 'Parley: Select Model');
    await quickPickRows(page).filter({ hasText: 'second-model' }).first().waitFor();
    await page.keyboard.press('Escape');
    await checkGateway(page, 'Canary');
    await page.getByRole('tab', { name: /Check Results for Canary/ }).waitFor();
    await runCommand(page, 'Notifications: Show Notifications');
    await page.getByRole('button', { name: 'Copy Report' }).click();
    await page.waitForFunction(async () =>
      (await navigator.clipboard.readText()).includes('Check Results for Canary'),
    );
    search('the clipboard', await page.evaluate(() => navigator.clipboard.readText()));
    // The document of the check is a webview as well.
    await runCommand(page, 'View: Close All Editors');
    await page.getByRole('tab', { name: /Check Results for Canary/ }).waitFor({ state: 'detached' });
  });

  it('meets a certificate that nobody vouches for, and a proxy that leads nowhere', async () => {
    for (const [name, model] of [
      ['Secure', 'secure-model'],
      ['Far', 'far-model'],
    ] as const) {
      await runCommand(page, 'Parley: Set API Key');
      await quickPickRows(page).filter({ hasText: name }).first().click();
      await quickInput(page).fill(key);
      await page.keyboard.press('Enter');
      // It cannot be reached, which is said; the key is kept all the same.
      await page.getByText('Press Enter again to continue anyway.').waitFor();
      await page.keyboard.press('Enter');
      await quickInput(page).waitFor({ state: 'hidden' });
      await selectModel(model);
      await askAndWait(`To ${name}`);
      await view.getByRole('article', { name: model }).last().getByRole('alert').waitFor();
    }
    await selectModel('gpt-4o');
  });

  it('is exported with no chat, and found by no search in the history', async () => {
    for (const name of ['chat.md', 'chat.json']) {
      await runCommand(page, 'Parley: Export Chat');
      // The dialog proposes a name, after a moment.
      await page.waitForFunction(() =>
        [...document.querySelectorAll('input')].some(({ value }) => value.endsWith('.md')),
      );
      await quickInput(page).fill(join(vscode.workspace, name));
      await page.keyboard.press('Enter');
      await page
        .getByText(`Exported to ${join(vscode.workspace, name)}`)
        .first()
        .waitFor({ state: 'attached' });
    }
    await view.getByRole('button', { name: 'History' }).click();
    await view.getByRole('searchbox', { name: 'Search Chats' }).fill('answer');
    await view.getByText('A plain answer').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('survives neither the death of the extension host in mid-answer nor a new window anywhere else', async () => {
    await ask('«hang»');
    await view.getByText('So far so good').first().waitFor();
    const hosts = await extensionHostsOf(vscode.dataFolder);
    assert.ok(hosts.length > 0, 'No extension host was found.');
    for (const host of hosts) process.kill(host, 'SIGKILL');
    await page.reload();
    view = await openParley(page);
    await view.getByRole('textbox', { name: 'Message' }).fill('A draft');
    await runCommand(page, 'Parley: Show Log');
    await page.locator('.editor-instance, .output-view').first().waitFor();
  });

  it('is nowhere afterwards but in SecretStorage and in the header to its own origin', async () => {
    for (const frame of page.frames()) search(`the page ${frame.url().slice(0, 60)}`, await frame.content());
    for (const [name, value] of await storedInPage(page)) {
      if (!/^(?:local|session) secrets/.test(name)) search(name, value);
    }
    await page.close();
    const files = await keys.findInFiles(vscode.dataFolder);
    searched += files.searched;
    findings.push(...files.found.map(({ path, text }) => ({ place: path, text })));
    for (const [name, lines] of Object.entries({
      console: vscode.log,
      'page console': heard.lines,
      glass: heard.glass,
    }))
      for (const line of lines) search(name, line);
    for (const request of gateway.requests) searchRequest(request);
    for (const head of proxy.heads) search('the proxy', head);
    for (const { head, body } of secure.requests) search('the server without a certificate', head + body);
    assert.deepEqual(findings, []);
    // All of it was looked at: what was asked did cross the glass, went to disk and was told in the log.
    assert.ok(heard.glass.some((message) => message.includes('«halves»') && message.includes('submit')));
    assert.ok(heard.glass.some((message) => message.includes('[redacted]')));
    assert.ok((await filesContaining(vscode.dataFolder, '[redacted]')).length > 0, 'No chat is on the disk.');
    assert.ok(heard.lines.some((line) => line.includes('TRACE')));
    assert.ok(searched > 500);
  });

  async function selectModel(name: string): Promise<void> {
    await runCommand(page, 'Parley: Select Model');
    // By the name and not by the text: a row that VS Code uses again hides the text of its last list.
    await quickPickRows(page)
      .and(page.locator(`[aria-label*="${name}"]`))
      .first()
      .click();
    await page.getByRole('button', { name: `Parley model: ${name}` }).waitFor();
  }

  async function ask(text: string): Promise<void> {
    await view.getByRole('textbox', { name: 'Message' }).fill(text);
    await view.getByRole('textbox', { name: 'Message' }).press('Enter');
  }

  async function askAndWait(text: string): Promise<void> {
    const articles = view.getByRole('article');
    const before = await articles.count();
    await ask(text);
    await articles.nth(before + 1).waitFor({ state: 'attached' });
    await view.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  }

  function search(place: string, content: Uint8Array | string): void {
    searched += 1;
    const text = keys.find(content);
    if (text !== undefined) findings.push({ place, text });
  }

  /** The one place where the key belongs. */
  function searchRequest({ path, headers, body }: RecordedRequest): void {
    const { authorization = '', ...others } = headers;
    assert.ok([key, wrongKey].includes(authorization.replace(/^Bearer /, '')));
    search('a request', JSON.stringify([path, others, body]));
  }
});

function answer({ path, headers, prompt }: RecordedRequest, response: ServerResponse): void {
  const sent = (headers.authorization ?? '').replace(/^Bearer /, '');
  // Prompts that were not answered come along before it.
  const wish = /«([\w-]+)»$/.exec(prompt)?.[1] ?? '';
  if (sent !== key) {
    sendJson(response, 401, { error: { message: `Incorrect API key provided: ${sent}` } });
  } else if (path === '/v1/models') {
    const models = [
      { id: 'gpt-4o' },
      { id: sent, name: `Model ${sent}` },
      { id: 'second-model', name: sent },
    ];
    sendJson(response, 200, { data: models });
  } else if (prompt.includes('Write a title')) {
    streamAnswer(response, [{ content: `A plain answer with ${sent}` }]);
  } else if (wish === 'hang') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const delta = { content: `So far so good ${sent.slice(0, -1)}` };
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
  } else {
    const echo = echoes[wish];
    if (echo === undefined) streamAnswer(response, [{ content: 'A plain answer.' }]);
    else echo(response, sent);
  }
}
