import type { ConsoleMessage, Frame, Page, Request } from 'playwright-core';

/** One thing that hostile output should not have done. */
export interface Finding {
  readonly kind: 'script' | 'request' | 'policy' | 'hang' | 'other';
  readonly what: string;
}

/** Listens to a window from outside: what its pages fetch, run, open and complain of. */
export class Watch {
  private found: Finding[] = [];
  private panel: readonly Frame[] = [];

  /** @param beaconHost Host and port that nothing may ask. */
  constructor(private readonly beaconHost: string) {}

  /** Begins to listen to a window, before the panel is opened in it. */
  attach(page: Page): void {
    page.on('request', (request) => {
      if (this.isOfHostileText(request)) this.add('request', `${request.method()} ${request.url()}`);
    });
    page.on('console', (message) => {
      if (isPolicyReport(message)) this.add('policy', message.text());
    });
    page.on('framenavigated', (frame) => {
      if (this.panel.includes(frame)) this.add('other', `The panel went to ${frame.url()}`);
    });
    page.on('dialog', (dialog) => {
      this.add('other', `A dialog came: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => {
      this.add('other', `A window opened: ${popup.url()}`);
    });
    page.on('download', (download) => {
      this.add('other', `A download began: ${download.url()}`);
    });
  }

  /** From now on these frames are the panel: they may not go anywhere, and fetch nothing but the panel's own files. */
  guard(panel: Frame): void {
    const parent = panel.parentFrame();
    this.panel = parent === null ? [panel] : [panel, parent];
  }

  add(kind: Finding['kind'], what: string): void {
    this.found.push({ kind, what });
  }

  /** What was found since it was asked last. */
  drain(): Finding[] {
    const { found } = this;
    this.found = [];
    return found;
  }

  private isOfHostileText(request: Request): boolean {
    const url = request.url();
    if (url.includes(this.beaconHost)) return true;
    if (/^(?:data|blob):/.test(url) || /\/dist\/[\w.-]+\.(?:js|css|ttf|map)$/.test(url)) return false;
    // A service worker's requests have no frame; VS Code's own serves the panel's files.
    return request.serviceWorker() === null && this.panel.includes(request.frame());
  }
}

function isPolicyReport(message: ConsoleMessage): boolean {
  return /content.security.policy/i.test(message.text());
}
