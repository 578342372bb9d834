import type { Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { PanelPage, PanelPageOptions } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

/** A panel with room for one answer, and the article of that answer. */
export interface AnswerPage {
  readonly panel: PanelPage;
  readonly answer: Locator;
}

/** Panels that show one answer, for the tests of one `describe`. Its constructor registers the hooks of `TestPanels`. */
export class AnswerPanel {
  private readonly panels = new TestPanels();
  private panel: PanelPage | undefined;

  /** Opens an empty panel in place of the one before. */
  async open(options: PanelPageOptions = {}): Promise<AnswerPage> {
    this.panel = await this.panels.open(options);
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
}
