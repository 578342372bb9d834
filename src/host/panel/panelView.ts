import type { Webview } from 'vscode';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import { Emitter } from '../../shared/kit/emitter';
import { packToViewMessage } from '../../shared/messages/readToViewMessage';
import type { PanelPart, ToView, ToViewMessage } from '../../shared/messages/toView';
import type { Log } from '../../core/ports/log';
import type { Page, PageMessage } from '../contributions/page';

/** What VS Code shows a page in. A `WebviewView` is one. */
export interface PageFrame {
  readonly visible: boolean;
  readonly webview: Pick<Webview, 'onDidReceiveMessage' | 'postMessage'>;
  readonly onDidChangeVisibility: (listener: () => void) => Disposable;
  readonly onDidDispose: (listener: () => void) => Disposable;
}

/**
 * The view of a panel and the page in it. VS Code destroys the page of a view that is hidden, and loads a new one when the view
 * is shown again. This class knows nothing of what the page shows, so that every feature can use it.
 */
export class PanelView implements Page {
  /** Fires for every message of the page, unchecked. */
  readonly received: Emitter<unknown>;
  /** Fires when there is no page any longer. */
  readonly pageEnded: Emitter<void>;
  private view: PageFrame | undefined;
  /** Whether the page shows something that can take the focus. */
  private isDrawn = false;
  private focusWhenDrawn = false;
  private partWhenDrawn: PanelPart | undefined;

  /** @param show Lets VS Code show the view, which it creates if necessary, and give it the focus. */
  constructor(
    log: Log,
    private readonly show: () => PromiseLike<unknown>,
  ) {
    const onListenerFailed = (error: unknown): void => {
      log.error(`A listener of the panel failed: ${String(error)}`);
    };
    this.received = new Emitter(onListenerFailed);
    this.pageEnded = new Emitter(onListenerFailed);
  }

  /** True while VS Code shows the view. */
  get isVisible(): boolean {
    return this.view?.visible === true;
  }

  /**
   * Takes a view over.
   *
   * @param messages What its page has sent so far, oldest first.
   */
  adopt(view: PageFrame, messages: readonly unknown[]): void {
    const subscriptions = new DisposableStore();
    this.view = view;
    this.endPage();
    subscriptions.add(
      view.webview.onDidReceiveMessage((message: unknown) => {
        this.received.fire(message);
      }),
    );
    subscriptions.add(
      view.onDidChangeVisibility(() => {
        if (!view.visible) this.endPage();
      }),
    );
    subscriptions.add(
      view.onDidDispose(() => {
        subscriptions.dispose();
        if (this.view !== view) return;
        this.view = undefined;
        this.endPage();
      }),
    );
    for (const message of messages) this.received.fire(message);
  }

  /**
   * A page that is there gets the message before VS Code shows the view: after that, it could take the focus away from what the
   * user has turned to meanwhile.
   */
  async reveal(): Promise<void> {
    if (this.isDrawn) this.focusComposer();
    else this.focusWhenDrawn = true;
    await this.show();
  }

  async showPart(part: PanelPart): Promise<void> {
    if (this.isDrawn) this.openPart(part);
    else this.partWhenDrawn = part;
    await this.show();
  }

  send<Type extends PageMessage>(type: Type, body: ToView[Type]): void {
    this.post({ type, body } as ToViewMessage);
  }

  /** Sends any message to the page; does nothing if there is no page. */
  post(message: ToViewMessage): void {
    void this.view?.webview.postMessage(packToViewMessage(message));
  }

  /** The page shows the conversation from now on: what has waited for that is done. */
  noteDrawn(): void {
    this.isDrawn = true;
    if (this.partWhenDrawn !== undefined) this.openPart(this.partWhenDrawn);
    else if (this.focusWhenDrawn) this.focusComposer();
  }

  private endPage(): void {
    this.isDrawn = false;
    this.pageEnded.fire();
  }

  private openPart(part: PanelPart): void {
    this.partWhenDrawn = undefined;
    this.focusWhenDrawn = false;
    this.send('show', { part });
  }

  private focusComposer(): void {
    this.focusWhenDrawn = false;
    this.send('focus-composer', {});
  }
}
