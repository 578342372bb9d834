import type { Disposable } from '../../shared/kit/disposable';

/** The most messages that are kept. The page says `ready` and little else until it gets an answer. */
const mostMessages = 1_000;

/** The events of a webview view that the inbox listens to; a subset of VS Code's `WebviewView`. */
export interface PageSource {
  readonly visible: boolean;
  readonly webview: { readonly onDidReceiveMessage: (listener: (message: unknown) => void) => Disposable };
  readonly onDidChangeVisibility: (listener: () => void) => Disposable;
  readonly onDidDispose: (listener: () => void) => Disposable;
}

/**
 * Keeps the messages of a page until the code that handles them is loaded: VS Code drops a message that has no listener. A view
 * that is hidden meanwhile loses its page, and so the inbox loses the messages of that page.
 */
export class PageInbox {
  private readonly subscriptions: readonly Disposable[];
  private messages: unknown[] = [];
  private isOpen = true;

  constructor(view: PageSource) {
    this.subscriptions = [
      view.webview.onDidReceiveMessage((message) => {
        if (this.messages.length < mostMessages) this.messages.push(message);
      }),
      view.onDidChangeVisibility(() => {
        if (!view.visible) this.messages = [];
      }),
      view.onDidDispose(() => {
        this.isOpen = false;
      }),
    ];
  }

  /**
   * Stops listening. The caller listens itself before it calls this, in the same tick.
   *
   * @returns the messages so far, oldest first; undefined if the view is gone.
   */
  close(): readonly unknown[] | undefined {
    for (const subscription of this.subscriptions) subscription.dispose();
    return this.isOpen ? this.messages : undefined;
  }
}
