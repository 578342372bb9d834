import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { RawServer, type RawExchange } from '../support/rawServer';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import {
  checkGateway,
  openParley,
  pressRowButton,
  quickInput,
  quickPickRows,
  runCommand,
} from '../support/workbench';

describe('checking a gateway', () => {
  let gateway: TestGateway;
  let picky: RawServer;
  let vscode: VSCode;
  let page: Page;

  before(async () => {
    gateway = await TestGateway.start({
      pieces: ['Open here.'],
      models: ['gpt-4o', 'midjourney-v7', 'niji-6'],
    });
    picky = await RawServer.start(answerPickily);
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [
          { id: 'open', name: 'Open', baseUrl: gateway.baseUrl, auth: 'none' },
          { id: 'picky', name: 'Picky', baseUrl: picky.baseUrl, auth: 'none' },
        ],
        'parley.defaultModel': 'open/gpt-4o',
      },
    });
    page = await vscode.page();
    await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await picky.stop();
  });

  /** The preview is a webview beside the panel's. */
  function preview(): FrameLocator {
    return page
      .locator('iframe.webview.ready:not([name=""])')
      .last()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  it('says what it will send and what that costs, and sends nothing when the user leaves', async () => {
    await runCommand(page, 'Parley: Check Gateway');
    await quickPickRows(page).filter({ hasText: 'Open' }).first().click();
    const row = (name: string): Locator => quickPickRows(page).filter({ hasText: name }).first();
    await row('Sends up to five short prompts to gpt-4o, also with a tool and a picture.')
      .getByText('Costs a few tokens')
      .waitFor();
    await row('Asks each endpoint').getByText('Costs nothing').waitFor();
    await row('Asks each endpoint').getByRole('checkbox', { checked: true }).waitFor();
    assert.equal(await quickPickRows(page).getByRole('checkbox', { checked: true }).count(), 1);
    await screenshot(page, 'check-choice');
    await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ state: 'hidden' });
    assert.equal(gateway.requests.length, 0);
  });

  it('shows what it found as a document and offers a report', async () => {
    await checkGateway(page, 'Open');
    await page.getByRole('tab', { name: /Check Results for Open/ }).waitFor();
    const document = preview();
    await document.getByRole('heading', { name: 'Check Results for Open' }).waitFor();
    const row = (name: string): ReturnType<FrameLocator['locator']> =>
      document.getByRole('row').filter({ hasText: name });
    await row('Streamed answer').getByText('Passed').waitFor();
    await row('Token counts').getByText('Not supported').waitFor();
    await row('Midjourney').getByText('Missing').waitFor();
    await row('Chat (/chat/completions)').getByText('Exists').waitFor();
    await screenshot(page, 'check-document');
    await document.getByText('Streamed answer: Passed.').waitFor();
    await runCommand(page, 'Notifications: Show Notifications');
    await page.getByRole('button', { name: 'Copy Report' }).click();
    await page.waitForFunction(async () =>
      /^Check Results for Open\n[^]*Streamed answer: Passed\./.test(await navigator.clipboard.readText()),
    );
    await page.getByRole('button', { name: 'Copy Report' }).waitFor({ state: 'detached' });
    assert.equal(gateway.requests.length, 5);
  });

  it('shows what it learned to leave out, and forgets it when told to', async () => {
    await checkGateway(page, 'Picky');
    await page.getByRole('tab', { name: /Check Results for Picky/ }).waitFor();
    await preview().getByRole('listitem').filter({ hasText: 'gpt-4o: stream_options' }).waitFor();
    const asked = picky.requests.filter(({ body }) => body.includes('messages'));
    assert.equal(asked.at(-1)?.body.includes('stream_options'), false);
    await runCommand(page, 'Parley: Forget Learned Refusals');
    await quickPickRows(page).filter({ hasText: 'Left out: stream_options' }).waitFor();
    await page.keyboard.press('Enter');
    await runCommand(page, 'Parley: Forget Learned Refusals');
    await page.getByText('Parley has not learned any refusals.').first().waitFor();
  });

  it('hides the models whose endpoint it has not found, until a click or the next check', async () => {
    const row = (name: RegExp): Locator => page.getByRole('listbox').getByRole('option', { name });
    const active = (name: RegExp): Locator => row(name).and(page.locator('.focused'));
    const hidden = row(/Show 2 Hidden Models, 2 not supported by the gateway/);
    const openList = async (typed: string): Promise<void> => {
      await page.getByRole('button', { name: /^Parley model: / }).click();
      await quickInput(page).fill(typed);
    };
    await openList('Open');
    await hidden.waitFor();
    assert.equal(await row(/midjourney-v7/).count(), 0);
    await screenshot(page, 'check-hidden-kind');
    await quickInput(page).fill('midjourney');
    await active(/Show 1 Hidden Model/).waitFor();
    await page.keyboard.press('Enter');
    await active(/^midjourney-v7/).waitFor();
    await pressRowButton(page, 'Show Models of This Kind');
    await quickInput(page).fill('niji');
    await active(/^niji-6/).waitFor();
    await page.keyboard.press('Escape');

    // The list would close when the results of the check take the focus.
    await runCommand(page, 'View: Close All Editors');
    await checkGateway(page, 'Open');
    await preview().getByRole('heading', { name: 'Check Results for Open' }).waitFor();
    await openList('Open');
    await hidden.waitFor();
    await quickInput(page).fill('niji');
    await active(/Show 1 Hidden Model/).waitFor();
    await page.keyboard.press('Enter');
    await active(/^niji-6/).waitFor();
    await pressRowButton(page, 'Use as Chat Model');
    await quickInput(page).fill('niji Open');
    await active(/^niji-6/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Parley model: niji-6/ }).waitFor();
    await runCommand(page, 'View: Close All Editors');
    const view = await openParley(page);
    await view.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await view.getByRole('textbox', { name: 'Message' }).press('Enter');
    await view.getByText('Open here.').waitFor();
    assert.equal(gateway.lastRequest.body.model, 'niji-6');
  });
});

/** A gateway that refuses `stream_options`. */
async function answerPickily(exchange: RawExchange): Promise<void> {
  const { head, body } = exchange;
  const isList = head.startsWith('GET');
  const refuses = body.includes('stream_options');
  const reply = isList
    ? '{"data":[{"id":"gpt-4o"}]}'
    : refuses
      ? '{"error":{"message":"Unknown parameter: \'stream_options\'.","param":"stream_options"}}'
      : 'data: {"choices":[{"index":0,"delta":{"content":"One"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
  const type = isList || refuses ? 'application/json' : 'text/event-stream';
  const status = refuses ? '400 Bad Request' : '200 OK';
  await exchange.write(
    `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${reply.length}\r\n\r\n${reply}`,
  );
}
