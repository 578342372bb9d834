import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from './startVSCode';
import { TestGateway, type GatewayBehaviour } from './testGateway';
import { composerFocused, openParley } from './workbench';

/** A real VS Code with Parley open and a gateway on loopback behind it. The caller disposes it. */
export class ChatWindow {
  private constructor(
    readonly gateway: TestGateway,
    readonly vscode: VSCode,
    readonly page: Page,
    /** The panel's document. */
    readonly view: FrameLocator,
    private readonly calm: GatewayBehaviour,
  ) {}

  /**
   * Opens it. The gateway is called Loopback and offers `gpt-4o`, with a window of 10,000 tokens, and `gpt-5`.
   *
   * @param settings user settings beside those.
   */
  static async open(
    workspace: string,
    settings: Readonly<Record<string, unknown>> = {},
    behaviour: Partial<GatewayBehaviour> = {},
  ): Promise<ChatWindow> {
    const gateway = await TestGateway.start({ pieces: ['Hello ', 'there.'], ...behaviour });
    const models = [{ id: 'gpt-4o', contextWindow: 10_000, vision: true }, { id: 'gpt-5' }];
    const vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [
          { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none', models },
        ],
        'parley.defaultModel': 'loopback/gpt-4o',
        ...settings,
      },
    });
    const page = await vscode.page();
    const view = await openParley(page);
    const window = new ChatWindow(gateway, vscode, page, view, { ...gateway.behaviour });
    await window.composer.waitFor();
    return window;
  }

  /** Where prompts are typed. */
  get composer(): Locator {
    return this.view.getByRole('textbox', { name: 'Message' });
  }

  /** What goes with the next prompt. */
  get chips(): Locator {
    return this.view.getByRole('list', { name: 'Context' });
  }

  /** The last answer of a model. */
  answer(model = 'gpt-4o'): Locator {
    return this.view.getByRole('article', { name: model }).last();
  }

  /** What a screen reader is told. */
  status(text: string): Locator {
    return this.view.getByRole('status').filter({ hasText: text }).first();
  }

  /** Begins a chat with nothing in it, answered as at the beginning. */
  async newChat(): Promise<void> {
    Object.assign(this.gateway.behaviour, this.calm);
    await this.view.getByRole('button', { name: 'New Chat' }).click();
    await this.view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(this.page);
    await this.composer.fill('');
  }

  /** Types a prompt and sends it. */
  async ask(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Asks, and waits until the answer is complete. */
  async askAndWait(text: string): Promise<void> {
    const articles = this.view.getByRole('article');
    const before = await articles.count();
    await this.ask(text);
    // The announcement of the answer before may still be there: this answer's own place comes first.
    await articles.nth(before + 1).waitFor({ state: 'attached' });
    await this.view.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await this.status('Answer complete').waitFor({ state: 'attached' });
  }

  /** All that the gateway was asked last, as one text. */
  get lastAsked(): string {
    return JSON.stringify(this.gateway.lastRequest.body.messages);
  }

  async dispose(): Promise<void> {
    await this.vscode.dispose();
    await this.gateway.stop();
  }
}
