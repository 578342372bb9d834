import type { FrameLocator, Locator, Page } from 'playwright-core';

/**
 * Opens Parley's view by its icon in the Activity Bar and returns the panel. A window that has had it open opens it by
 * itself, at any moment, and a click would then close it: looking and clicking are one step.
 */
export async function openParley(page: Page): Promise<FrameLocator> {
  const icon = page
    .locator('.activitybar .action-item', { has: page.locator('[aria-label^="Parley"]') })
    .first();
  await icon.waitFor();
  await icon.evaluate((item) => {
    if (item.getAttribute('aria-expanded') !== 'true') item.querySelector('a')?.click();
  });
  return await panel(page);
}

/**
 * The document of the panel: VS Code puts a webview's page into an iframe within an iframe. Found anew on every use, thus
 * good across reloads. Resolves once the page within is there.
 */
export async function panel(page: Page): Promise<FrameLocator> {
  const document = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await document.locator('body').waitFor();
  return document;
}

/** Runs a command by the title that the palette shows, such as "Parley: New Chat". */
export async function runCommand(page: Page, title: string): Promise<void> {
  await fillQuickInput(page, 'F1', `>${title}`);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
}

/** Opens a file of the workspace by its name and waits for its editor. */
export async function openFile(page: Page, name: string): Promise<Locator> {
  await fillQuickInput(page, 'Control+P', name);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.view-line').first().waitFor();
  return editor;
}

/** Puts the cursor of the active editor at a line and a column, both from 1, as a click on text that hovers cover cannot. */
export async function placeCursor(page: Page, line: number, column: number): Promise<void> {
  await fillQuickInput(page, 'Control+G', `:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: new RegExp(`^Ln ${line}, Col ${column}`) }).waitFor();
}

/** Waits until the cursor is in the composer, where commands that reveal the panel put it when they are done. */
export async function composerFocused(page: Page): Promise<void> {
  await (await panel(page)).locator('textarea:focus').waitFor();
}

/** The text field of the quick pick or input box that is open. */
export function quickInput(page: Page): Locator {
  return page.locator(
    '.quick-input-widget:visible input[type="text"], .quick-input-widget:visible input[type="password"]',
  );
}

/** The rows of the quick pick that is open. */
export function quickPickRows(page: Page): Locator {
  return page.locator('.quick-input-widget:visible .monaco-list-row');
}

/**
 * Opens a quick input by its key and types into it. A key that comes before the workbench listens is lost, and an editor that
 * is still opening takes the focus, which closes the input: until the words stand in it, as a user would do.
 */
async function fillQuickInput(page: Page, key: string, text: string): Promise<void> {
  const input = quickInput(page);
  // One that is just closing would take what is meant for the next.
  await input.waitFor({ state: 'hidden' });
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.keyboard.press(key);
    try {
      await input.waitFor({ timeout: 1_000 });
      await input.fill(text, { timeout: 1_000 });
      return;
    } catch {
      continue;
    }
  }
  throw new Error(`${key} opened no quick input.`);
}
