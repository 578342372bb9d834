import type { Browser, Locator, Page, Request } from 'playwright-core';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { packToViewMessage } from '../../../src/shared/messages/readToViewMessage';
import type { ToHost } from '../../../src/shared/messages/toHost';
import type { PanelState, ToView, ToViewMessage } from '../../../src/shared/messages/toView';
import { reduce } from '../../../src/shared/conversation/reduce';
import { takeSnapshot } from '../../../src/shared/messages/takeSnapshot';
import { PanelServer } from './panelServer';
import type { ThemeName } from './themes';
import { readTheme } from './themes';

interface Intent {
  readonly type: string;
  readonly body: unknown;
}

declare global {
  interface Window {
    /** Every intent that the panel has posted, oldest first. */
    intents: Intent[];
    /** What the panel has stored with `setState`. */
    savedState: unknown;
  }
}

export interface PanelPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly language?: string;
  /** English message → translation. */
  readonly bundle?: Readonly<Record<string, string>>;
  /** What `getState` gives, as if stored before a reload. */
  readonly savedState?: unknown;
  /** The time of the page when it opens, in milliseconds. Its clock goes on by itself, and the test may put it forward. */
  readonly time?: number;
}

/** Tabs whose test is over, to be used again: a new one, with a process of its own, costs three times what loading the panel does. */
const idleTabs = new WeakMap<Browser, Page[]>();

/** A state in which questions can be asked. */
export const readyState: PanelState = {
  model: {
    reference: { gatewayId: 'demo', modelId: 'gpt-5-mini' },
    name: 'GPT-5 mini',
    gatewayName: 'Demo',
  },
  gateways: [{ id: 'demo', name: 'Demo', description: 'Local demo', ready: true }],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

/**
 * The real bundle in a real browser, with this object for a host: it keeps the conversation by the
 * same reducer and numbers what it sends, as the host does.
 */
export class PanelPage {
  conversation: Conversation = emptyConversation('c1', 0);
  private revision = 0;
  /** The files that the page is loading, such as the code of a part that was opened. */
  private readonly loading = new Set<Request>();

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    private readonly isReusable: boolean,
  ) {
    page.on('request', (request) => this.loading.add(request));
    page.on('requestfinished', (request) => this.loading.delete(request));
    page.on('requestfailed', (request) => this.loading.delete(request));
  }

  /** Opens the panel's page. Nothing is shown before `show`. */
  static async open(browser: Browser, options: PanelPageOptions = {}): Promise<PanelPage> {
    const page = idleTabs.get(browser)?.pop() ?? (await browser.newPage());
    if (options.time !== undefined) await page.clock.install({ time: options.time });
    await page.setViewportSize({ width: options.width ?? 400, height: options.height ?? 700 });
    await page.emulateMedia({ reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference' });
    const panel = new PanelPage(browser, page, options.time === undefined);
    const server = await PanelServer.shared();
    await page.goto(server.publish(await pageHtml(options, server.origin)));
    const { variables } = await readTheme(options.theme ?? 'dark');
    await page.evaluate((values) => {
      for (const [name, value] of Object.entries(values))
        document.documentElement.style.setProperty(name, value);
    }, variables);
    await panel.intent('ready');
    return panel;
  }

  /** Posts a message as the host does. */
  async send<Type extends keyof ToView>(type: Type, body: ToView[Type]): Promise<void> {
    await this.page.evaluate(
      (message) => {
        window.postMessage(message);
      },
      packToViewMessage({ type, body } as ToViewMessage),
    );
    await this.settle();
  }

  /** Shows a conversation whole. */
  async show(conversation: Conversation, state: PanelState = readyState): Promise<void> {
    this.conversation = conversation;
    this.revision += 1;
    await this.send('snapshot', {
      revision: this.revision,
      conversation: takeSnapshot(conversation),
      state,
    });
  }

  /** Lets events happen, here and there. */
  async happen(...events: ConversationEvent[]): Promise<void> {
    for (const event of events) reduce(this.conversation, event);
    this.revision += 1;
    await this.send('events', { revision: this.revision, events });
  }

  /** Lets events happen here, and loses the message. */
  lose(...events: ConversationEvent[]): void {
    for (const event of events) reduce(this.conversation, event);
    this.revision += 1;
  }

  /** The bodies of all intents of a type, oldest first, once the page has settled. */
  async intents<Type extends keyof ToHost>(type: Type): Promise<ToHost[Type][]> {
    await this.settle();
    const all = await this.page.evaluate(() => window.intents);
    return all.filter((intent) => intent.type === type).map((intent) => intent.body as ToHost[Type]);
  }

  /** Waits for the first intent of a type. */
  async intent<Type extends keyof ToHost>(type: Type): Promise<ToHost[Type]> {
    await this.page.waitForFunction(
      (wanted) => window.intents.some((intent) => intent.type === wanted),
      type,
    );
    const [first] = await this.intents(type);
    if (first === undefined) throw new Error(`No intent ${type}.`);
    return first;
  }

  /** Takes the focus from the composer, as a selection with the mouse does. */
  async leaveComposer(): Promise<void> {
    await this.composer.blur();
  }

  async savedState(): Promise<unknown> {
    return await this.page.evaluate(() => window.savedState);
  }

  /**
   * Waits until the page shows what it was told: a message is reduced in the first frame and painted in the second. Code that it
   * needs for that is loaded first.
   */
  async settle(): Promise<void> {
    do {
      await Promise.all([...this.loading].map(async (request) => (await request.response())?.finished()));
      await this.page.evaluate(
        () =>
          new Promise((resolve) =>
            requestAnimationFrame(() =>
              requestAnimationFrame(() => {
                setTimeout(resolve);
              }),
            ),
          ),
      );
    } while (this.loading.size > 0);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get feed(): Locator {
    return this.page.getByRole('feed', { name: 'Conversation' });
  }

  article(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true });
  }

  /** How far the transcript is from its end, in pixels. */
  async distanceToEnd(): Promise<number> {
    return await this.feed.evaluate((feed) => feed.scrollHeight - feed.clientHeight - feed.scrollTop);
  }

  async close(): Promise<void> {
    if (!this.isReusable) {
      await this.page.close();
      return;
    }
    await this.page.removeAllListeners(undefined, { behavior: 'wait' });
    await this.page.goto('about:blank');
    idleTabs.set(this.browser, [...(idleTabs.get(this.browser) ?? []), this.page]);
  }
}

/** As text of a script within the page. */
function standInForVSCode(savedState: unknown): string {
  return `
    window.intents = [];
    window.savedState = ${JSON.stringify(savedState ?? null).replaceAll('<', '\\u003c')};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.intents.push(message),
      getState: () => window.savedState,
      setState: (state) => (window.savedState = structuredClone(state)),
    });`;
}

/** The host's page, with its policy, and the styles that VS Code itself puts into every webview. */
async function pageHtml(options: PanelPageOptions, origin: string): Promise<string> {
  const { bodyClass } = await readTheme(options.theme ?? 'dark');
  const bootstrap = JSON.stringify({ language: options.language ?? 'en', bundle: options.bundle ?? {} });
  const policy = [
    "default-src 'none'",
    "script-src 'nonce-test'",
    `style-src ${origin} 'nonce-vscode'`,
    `font-src ${origin}`,
    `img-src ${origin} data: blob:`,
    'media-src data: blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="vscode">
html { scrollbar-color: var(--vscode-scrollbarSlider-background) transparent; background: var(--vscode-sideBar-background); }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
  font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
</style>
<link rel="stylesheet" href="webview.css">
<title>Parley</title>
</head>
<body class="${bodyClass}${options.reducedMotion === true ? ' vscode-reduce-motion' : ''}">
<div id="root"></div>
<script type="application/json" id="parley-bootstrap">${bootstrap}</script>
<script nonce="test">${standInForVSCode(options.savedState)}</script>
<script type="module" nonce="test" src="webview.js"></script>
</body>
</html>`;
}
