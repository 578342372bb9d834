import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { FrameLocator, Page } from 'playwright-core';
import { spoiltMessages } from '../chaos/guards/hostileMessages';
import { describesIntent, intentShapes } from '../chaos/guards/intentShapes';
import { openParley } from '../support/workbench';
import { startVSCode } from '../support/startVSCode';
import type { VSCode } from '../support/startVSCode';

/** The frame around a webview's page: its `postMessage` calls this function of VS Code's. */
interface WebviewFrame {
  __vscode_post_message__(channel: 'onmessage', data: { readonly message: unknown }): void;
}

describe('the icon in the Activity Bar', () => {
  let vscode: VSCode;
  let page: Page;
  let panel: FrameLocator;

  before(async () => {
    vscode = await startVSCode();
    page = await vscode.page();
  });
  after(async () => {
    await vscode.dispose();
  });

  it('opens the panel with a place to type in', async () => {
    panel = await openParley(page);
    await panel.getByRole('textbox', { name: 'Message' }).waitFor();
  });

  it('opens a panel whose page can have nothing done that is no message of its own', async () => {
    const hostile = fc
      .sample(spoiltMessages(intentShapes), { numRuns: 600, seed: 1 })
      .map(asJson)
      .filter((json) => !describesIntent(JSON.parse(json)));
    ok(hostile.length > 400);
    await post([...hostile, JSON.stringify({ type: 'copy', body: { text: 'the last one' } })]);
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'the last one');

    // What was sent before it on the same channel is handled by now, and nobody has noticed anything.
    const noticed = [
      '.monaco-dialog-box',
      '.notification-toast',
      '.quick-input-widget:visible',
      '.editor-instance',
      '.terminal',
    ];
    deepEqual(await Promise.all(noticed.map((selector) => page.locator(selector).count())), [0, 0, 0, 0, 0]);
    await panel.getByRole('textbox', { name: 'Message' }).fill('The page itself goes on.');
  });

  /** Posts messages over the page's own channel. */
  async function post(messages: readonly string[]): Promise<void> {
    const frame = page.frameLocator('iframe.webview.ready').locator('body');
    await frame.evaluate((_, texts) => {
      const vscode = window as unknown as WebviewFrame;
      for (const text of texts) vscode.__vscode_post_message__('onmessage', { message: JSON.parse(text) });
    }, messages);
  }
});

/** What is nothing in JSON is sent as null. */
function asJson(value: unknown): string {
  const plain = (_name: string, part: unknown): unknown => (typeof part === 'bigint' ? String(part) : part);
  return JSON.stringify([value], plain).slice(1, -1);
}
