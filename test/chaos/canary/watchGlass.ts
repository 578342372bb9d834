import type { Page } from 'playwright-core';

/** Notes whatever crosses the glass between the panel and its host from now on, both ways, as JSON. Called before the page is loaded. */
export async function watchGlass(page: Page): Promise<readonly string[]> {
  const messages: string[] = [];
  await page.exposeFunction('parleyGlass', (message: string) => {
    messages.push(message);
  });
  // A webview's page is a frame in a frame: what one sends arrives in the other as a message, what the workbench sends at a port.
  await page.addInitScript(() => {
    if (self === top) return;
    const glass = window as unknown as { parleyGlass: (message: string) => Promise<void> };
    addEventListener('message', ({ data }) => void glass.parleyGlass(JSON.stringify(data)), true);
    const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
    Object.defineProperty(MessagePort.prototype, 'onmessage', {
      ...handler,
      set(this: MessagePort, listener: ((event: MessageEvent) => void) | null) {
        handler?.set?.call(this, (event: MessageEvent) => {
          void glass.parleyGlass(JSON.stringify(event.data));
          listener?.call(this, event);
        });
      },
    });
    const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage');
    MessagePort.prototype.postMessage = function (this: MessagePort, ...parameters: unknown[]): void {
      void glass.parleyGlass(JSON.stringify(parameters[0]));
      (post?.value as (...parameters: unknown[]) => void).apply(this, parameters);
    };
  });
  return messages;
}
