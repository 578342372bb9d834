import { deepStrictEqual } from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { launchBrowser } from '../../support/launchBrowser';
import { PanelPage, type PanelPageOptions } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';

/** A panel with room for one answer, and the article of that answer. */
export interface AnswerPage {
  readonly panel: PanelPage;
  readonly answer: Locator;
}

/**
 * Panels that show one answer, for the tests of one `describe`. Its constructor registers the hooks: one browser for all tests,
 * and after each test a check that nothing failed in the panel.
 */
export class AnswerPanel {
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
  async open(options: PanelPageOptions = {}): Promise<AnswerPage> {
    if (this.browser === undefined) throw new Error('A panel was opened before its browser.');
    await this.close();
    this.panel = await PanelPage.open(this.browser, options);
    return { panel: this.panel, answer: this.panel.article('GPT-5 mini') };
  }

  /** Shows an answer `a1` to the question `q1` in the panel that is open, with what happened to it. */
  async happen(...events: readonly ConversationEvent[]): Promise<void> {
    await this.panel?.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), ...events));
  }

  /** Opens a panel that shows a whole answer of these words. */
  async show(text: string, options: PanelPageOptions = {}): Promise<AnswerPage> {
    const page = await this.open(options);
    await this.happen(said('a1', text), ended('a1'));
    return page;
  }

  private async close(): Promise<void> {
    const { panel } = this;
    this.panel = undefined;
    if (panel === undefined) return;
    deepStrictEqual(await panel.intents('view-failed'), [], 'nothing broke in the view');
    await panel.close();
  }
}
