import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './startVSCode';

/** The folder for screenshots. Git ignores it. */
export const screenshotFolder = join(root, 'artifacts', 'screenshots');

/**
 * Takes the page in light and in dark, as `artifacts/screenshots/NAME-light.png` and `NAME-dark.png`. VS Code
 * follows the system's colours in tests; a page without VS Code follows them by its own styles.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshotFolder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const workbench = page.locator('.monaco-workbench');
    if ((await workbench.count()) > 0)
      await page.locator(`.monaco-workbench.${themeClass[colorScheme]}`).waitFor();
    // The theme reaches a webview by a message; two frames later it is painted.
    await page.waitForTimeout(150);
    await page.screenshot({
      path: join(screenshotFolder, `${name}-${colorScheme}.png`),
      animations: 'disabled',
    });
  }
}

const themeClass = { light: 'vs', dark: 'vs-dark' } as const;
