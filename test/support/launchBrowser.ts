import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium } from './findChromium';

/** Starts the system's Chromium, headless; `PARLEY_HEADED=1` shows it. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await findChromium(),
    headless: process.env['PARLEY_HEADED'] !== '1',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
