import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { withParley } from '../support/withParley';
import { runCommand } from '../support/workbench';

const document = 'iframe#active-frame';

/** The page of the side bar. VS Code names the purpose of a view's frame in its address. */
function sideBar(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready[src*="purpose=webviewView"]').frameLocator(document);
}

/** The page of the visible chat editor. */
function editor(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready:not([src*="purpose=webviewView"])').frameLocator(document);
}

function composer(view: FrameLocator): Locator {
  return view.getByRole('textbox', { name: 'Message' });
}

/** Writes a prompt. VS Code may give the focus back to the panel that had it, which then gets the text: so this repeats. */
async function write(view: FrameLocator, text: string): Promise<void> {
  const input = composer(view);
  do await input.fill(text);
  while ((await input.inputValue()) !== text);
}

async function ask(view: FrameLocator, text: string): Promise<void> {
  await write(view, text);
  await composer(view).press('Enter');
}

/** The tab of a chat editor. */
function tab(page: Page, title: string): Locator {
  return page.getByRole('tab', { name: title });
}

/** Resolves when the drafts are on disk, where they are a moment after the last key. */
async function storedDrafts(dataFolder: string, ...drafts: readonly string[]): Promise<void> {
  let stored = '';
  while (!drafts.every((draft) => stored.includes(draft))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const files = await readdir(dataFolder, { recursive: true });
    const file = files.find((name) => name.endsWith('viewState.json'));
    stored = file === undefined ? '' : await readFile(join(dataFolder, file), 'utf8');
  }
}

/** What the browser keeps for VS Code, as JSON. The page runs the text: a function would use names of the test's transpiler. */
const browserStorage = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      all.push(await done(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  return JSON.stringify(all);
})()`;

/** Resolves when VS Code has written its open tabs with this text, which it does every five seconds. A reload does not wait for it. */
async function storedTabs(page: Page, text: string): Promise<void> {
  while (!(await page.evaluate<string>(browserStorage)).includes(text)) await page.waitForTimeout(200);
}

describe('chats in editors', () => {
  const parley = withParley({ newChats: false });

  it('show one chat live beside the side bar, and run an answer of their own beside its answer', async () => {
    const { page, gateway } = parley;
    const [left, right] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    Object.assign(gateway.behaviour, { pieces: ['From the ', 'side bar.'], hangs: left.promise });
    await ask(sideBar(page), 'First question');
    await sideBar(page).getByText('From the side bar.').waitFor();
    await runCommand(page, 'Parley: Open Chat in Editor');
    await tab(page, 'First question').waitFor();
    await editor(page).getByText('From the side bar.').waitFor();
    await editor(page).getByRole('button', { name: 'Stop' }).waitFor();

    await editor(page).getByRole('button', { name: 'New Chat' }).click();
    await tab(page, 'New Chat').waitFor();
    Object.assign(gateway.behaviour, { pieces: ['From the ', 'editor.'], hangs: right.promise });
    await ask(editor(page), 'Second question');
    await editor(page).getByText('From the editor.').waitFor();
    await tab(page, 'Second question').waitFor();
    await sideBar(page).getByRole('button', { name: 'Stop' }).waitFor();

    left.resolve(undefined);
    await sideBar(page).getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await editor(page).getByRole('button', { name: 'Stop' }).waitFor();
    right.resolve(undefined);
    await editor(page).getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    assert.equal(await sideBar(page).getByText('From the editor.').count(), 0);
    assert.equal(await editor(page).getByText('From the side bar.').count(), 0);
  });

  it('come back after a reload of the window, each with its chat and its half-written text', async () => {
    const { page, gateway } = parley;
    Object.assign(gateway.behaviour, { hangs: false });
    await write(editor(page), 'Half a thought in the editor');
    await write(sideBar(page), 'Half a thought in the side bar');
    await storedDrafts(parley.dataFolder, 'Half a thought in the editor', 'Half a thought in the side bar');
    await storedTabs(page, 'Half a thought in the editor');
    await page.reload();
    await editor(page).getByText('From the editor.').waitFor();
    await sideBar(page).getByText('From the side bar.').waitFor();
    await tab(page, 'Second question').waitFor();
    assert.equal(await composer(editor(page)).inputValue(), 'Half a thought in the editor');
    assert.equal(await composer(sideBar(page)).inputValue(), 'Half a thought in the side bar');
  });

  it('move to a window of their own while an answer streams, with the half-written text', async () => {
    const { page, gateway } = parley;
    const rest = Promise.withResolvers<undefined>();
    Object.assign(gateway.behaviour, { pieces: ['Still ', 'coming.'], hangs: rest.promise });
    await ask(editor(page), 'Will you come along?');
    await editor(page).getByText('Still coming.').waitFor();
    await write(editor(page), 'Written on the way');
    const opened = page.context().waitForEvent('page');
    await runCommand(page, 'Parley: Open Chat in New Window');
    const other = await opened;
    await editor(other).getByText('Still coming.').waitFor();
    await editor(other).getByRole('button', { name: 'Stop' }).waitFor();
    assert.equal(await composer(editor(other)).inputValue(), 'Written on the way');
    rest.resolve(undefined);
    await editor(other).getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  });
});
