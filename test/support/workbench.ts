import type { FrameLocator, Locator, Page } from 'playwright-core';

/**
 * Opens Parley's view with its icon in the Activity Bar and returns the panel. A window in which it was open opens it by
 * itself at any moment, and a click would then close it. So checking and clicking are one step.
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
 * The document of the panel: VS Code puts a webview's page into an iframe inside an iframe. It is searched again on each use, so it
 * works after reloads. Resolves when the page has loaded.
 */
export async function panel(page: Page): Promise<FrameLocator> {
  const document = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await document.locator('body').waitFor();
  return document;
}

/** Runs a command by its title in the Command Palette, such as "Parley: New Chat". */
export async function runCommand(page: Page, title: string): Promise<void> {
  await pick(page, 'F1', `>${title}`, title);
}

/** Opens a file of the workspace by its name and waits for its editor. */
export async function openFile(page: Page, name: string): Promise<Locator> {
  await pick(page, 'Control+P', name, name);
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.view-line').first().waitFor();
  return editor;
}

/** Moves the cursor of the active editor to a line and a column, counted from 1. A click could hit a hover instead. */
export async function placeCursor(page: Page, line: number, column: number): Promise<void> {
  await quickly(page, 'Control+G', `:${line}:${column}`, () =>
    quickInput(page).press('Enter', { timeout: 1_000 }),
  );
  await page.getByRole('button', { name: new RegExp(`^Ln ${line}, Col ${column}`) }).waitFor();
}

/** Waits until the composer has the focus: commands that reveal the panel focus it at their end. */
export async function composerFocused(page: Page): Promise<void> {
  await (await panel(page)).locator('textarea:focus').waitFor();
}

/** Checks a gateway with its chat, which Parley asks about before because it costs a few tokens. */
export async function checkGateway(page: Page, name: string): Promise<void> {
  // What opens or closes at the same time, such as a notification, may take the focus: VS Code then closes the list.
  for (let isChosen = false; !isChosen;) {
    await runCommand(page, 'Parley: Check Gateway');
    isChosen = await quickPickRows(page)
      .filter({ hasText: name })
      .first()
      .click({ timeout: 10_000 })
      .then(
        () => true,
        () => false,
      );
  }
  const others = quickPickRows(page).filter({ hasText: 'Asks each endpoint' });
  await others.getByRole('checkbox', { checked: true }).waitFor();
  await quickInput(page).fill('Chat');
  await others.waitFor({ state: 'detached' });
  const chat = quickPickRows(page).filter({ hasText: 'Chat' });
  await chat.getByRole('checkbox').click();
  await chat.getByRole('checkbox', { checked: true }).waitFor();
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
}

/** Clicks on an item of an open menu of VS Code. A menu ignores clicks while it opens, so this repeats until the menu has closed. */
export async function clickMenuItem(item: Locator): Promise<void> {
  await item.waitFor();
  for (let isOpen = true; isOpen;) {
    await item.click({ timeout: 5_000 });
    isOpen = await item.waitFor({ state: 'hidden', timeout: 2_000 }).then(
      () => false,
      () => true,
    );
  }
}

/** Clicks on a button of a code block, which a narrow panel keeps in the menu of the block. */
export async function clickOnBlock(block: Locator, name: string): Promise<void> {
  await block.hover();
  const direct = block.getByRole('button', { name });
  const more = block.getByRole('button', { name: 'More' });
  // A block that is still streaming has no buttons.
  await direct.or(more).filter({ visible: true }).first().waitFor();
  if (await direct.isVisible()) {
    await direct.click();
    return;
  }
  await more.click();
  const view = await panel(block.page());
  await view.getByRole('menuitem', { name }).or(view.getByRole('menuitemcheckbox', { name })).click();
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

/** Moves the focus from the search field of the open list to a button of the active row, and presses it. */
export async function pressRowButton(page: Page, name: string): Promise<void> {
  const active = quickPickRows(page).and(page.locator('.focused'));
  const focused = active.getByRole('button', { name }).and(page.locator(':focus'));
  for (let press = 0; press < 4 && (await focused.count()) === 0; press += 1)
    await page.keyboard.press(press < 2 ? 'Tab' : 'ArrowRight');
  await focused.waitFor();
  await page.keyboard.press('Enter');
}

/** Chooses a row of the open quick pick with the keyboard: types `text` into the filter and presses Enter. */
export async function chooseRow(page: Page, text: string): Promise<void> {
  await quickInput(page).fill(text);
  // Enter takes the active row. Until the list is filtered, that is another one.
  await quickPickRows(page).and(page.locator('.focused')).filter({ hasText: text }).waitFor();
  await page.keyboard.press('Enter');
}

/** Opens a quick input by its key, types into it and clicks on the first row with a text. */
async function pick(page: Page, key: string, typed: string, text: string): Promise<void> {
  const row = quickPickRows(page).filter({ hasText: text }).first();
  await quickly(page, key, typed, () => row.click({ timeout: 2_000 }));
}

/**
 * Opens a quick input with its key, types into it and runs an action there. A key press before the workbench is ready is
 * lost, and an editor or a page that is still opening takes the focus, which closes the input. So this repeats until the
 * action has succeeded, as a user would do.
 */
async function quickly(page: Page, key: string, typed: string, act: () => Promise<void>): Promise<void> {
  const input = quickInput(page);
  // An input that is still closing would receive the text for the next one.
  await input.waitFor({ state: 'hidden' });
  let failure: unknown;
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      if (!(await input.isVisible())) await page.keyboard.press(key);
      await input.waitFor({ timeout: 1_000 });
      await input.fill(typed, { timeout: 1_000 });
      await act();
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(`${key} and “${typed}” led nowhere.`, { cause: failure });
}
