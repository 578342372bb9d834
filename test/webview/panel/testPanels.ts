import { deepStrictEqual } from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { PanelPage, type PanelPageOptions } from './panelPage';

/**
 * Panels for the tests of one `describe`, one at a time. The constructor registers the hooks: one browser for all tests, and after
 * each test a check that nothing failed in the panel.
 */
export class TestPanels {
  private browser: Browser | undefined;
  private panel: PanelPage | undefined;

  constructor() {
    before(async () => {
      this.browser = await launchBrowser();
    });
    after(async () => {
      await this.browser?.close();
    });
    afterEach(() => this.close());
  }

  /** Opens an empty panel in place of the one before. */
  async open(options: PanelPageOptions = {}): Promise<PanelPage> {
    if (this.browser === undefined) throw new Error('A panel was opened before its browser.');
    await this.close();
    this.panel = await PanelPage.open(this.browser, options);
    return this.panel;
  }

  private async close(): Promise<void> {
    const { panel } = this;
    this.panel = undefined;
    if (panel === undefined) return;
    deepStrictEqual(await panel.intents('view-failed'), [], 'nothing broke in the view');
    await panel.close();
  }
}
