import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type { Sessions } from '../../core/conversation/sessions';
import { DisposableStore } from '../../shared/kit/disposable';
import { packToViewMessage } from '../../shared/messages/readToViewMessage';
import { readToHostMessage, type ToHostMessage } from '../../shared/messages/toHost';
import type { PanelPart, ToView } from '../../shared/messages/toView';
import type { PanelStates } from './panelStates';
import { ViewSync } from './viewSync';
import { chatViewId } from './chatViewId';
import type { ViewOwner } from './chatViewProvider';
import type { ViewStateFile } from '../storage/viewStateFile';

/** What the view may ask for; what concerns the page alone stays with the panel. */
export type Intent = Exclude<ToHostMessage, { type: 'ready' | 'remember-view' }>;

/** What the panel needs to know of the rest. */
export interface PanelPorts {
  readonly sessions: Sessions;
  readonly states: PanelStates;
  readonly log: Log;
  /** Where the view's drafts are kept. */
  readonly viewState: ViewStateFile;
  /** Resolves when the conversation that the window last showed is open again. */
  readonly restored: () => Promise<void>;
  /** Does what the view asks for. */
  readonly handle: (message: Intent) => Promise<void>;
}

/**
 * The chat view. VS Code throws a hidden view's page away and makes a new one when it is shown
 * again; the page then says `ready` and gets a snapshot, so nothing depends on the page's life.
 */
export class ChatPanel implements ViewOwner, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  private pageIsReady = false;
  /** Whether there is something on the page that could take the focus. */
  private pageIsDrawn = false;
  private focusWhenReady = false;
  private partWhenReady: PanelPart | undefined;
  /** Counts the pages that came and went: what was gathered for one is not sent to the next. */
  private page = 0;
  private stateRequests = 0;
  private readonly subscriptions = new DisposableStore();
  private readonly sync: ViewSync;

  constructor(private readonly ports: PanelPorts) {
    this.sync = this.subscriptions.add(
      new ViewSync(
        (message) => {
          void this.view?.webview.postMessage(packToViewMessage(message));
        },
        () => performance.now(),
      ),
    );
    this.subscriptions.add(
      ports.sessions.currentChanged.on(() => {
        void this.sendSnapshot();
      }),
    );
  }

  adopt(view: vscode.WebviewView, messages: readonly unknown[]): void {
    const subscriptions = new DisposableStore();
    this.view = view;
    this.pageIsGone();
    subscriptions.add(view.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)));
    subscriptions.add(
      view.onDidChangeVisibility(() => {
        if (!view.visible) this.pageIsGone();
      }),
    );
    subscriptions.add(
      view.onDidDispose(() => {
        subscriptions.dispose();
        if (this.view !== view) return;
        this.view = undefined;
        this.pageIsGone();
      }),
    );
    for (const message of messages) void this.receive(message);
  }

  /**
   * Shows the view and puts the cursor into the composer. A page that is there hears of it first: told afterwards, it could
   * take the focus back from what the user has turned to meanwhile.
   */
  async reveal(): Promise<void> {
    if (this.pageIsDrawn) this.focusComposer();
    else this.focusWhenReady = true;
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
  }

  /** Sends the page something beside the book; void when there is no page. */
  send<Type extends Exclude<keyof ToView, 'snapshot' | 'events' | 'state'>>(
    type: Type,
    body: ToView[Type],
  ): void {
    this.sync.send(type, body);
  }

  /** Shows the view with one of its parts open. */
  async showPart(part: PanelPart): Promise<void> {
    this.partWhenReady = part;
    if (this.pageIsDrawn) this.openPart();
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
  }

  /** Sends the surroundings anew; of several requests at once the last one counts. */
  async refreshState(): Promise<void> {
    if (!this.pageIsReady) return;
    const { page } = this;
    this.stateRequests += 1;
    const request = this.stateRequests;
    const state = await this.ports.states.of(this.ports.sessions.current.conversation.id);
    if (page === this.page && request === this.stateRequests) this.sync.send('state', state);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async receive(value: unknown): Promise<void> {
    const message = readToHostMessage(value);
    if (message === undefined) {
      this.ports.log.warn('The panel sent a message that Parley does not know. It was ignored.');
      return;
    }
    try {
      if (message.type === 'ready') await this.greet();
      else if (message.type === 'remember-view') this.ports.viewState.save(message.body);
      else await this.ports.handle(message);
    } catch (error) {
      this.ports.log.error(
        `The panel's ${message.type} failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
      void vscode.window.showErrorMessage(
        vscode.l10n.t('Parley encountered an unexpected error. See the log for details.'),
      );
    }
  }

  private async greet(): Promise<void> {
    await this.ports.restored();
    const { page } = this;
    this.pageIsReady = true;
    await this.sendSnapshot();
    // It may have gone meanwhile; the next one says that it is ready, too.
    if (page !== this.page) return;
    this.pageIsDrawn = true;
    if (this.partWhenReady !== undefined) this.openPart();
    else if (this.focusWhenReady) this.focusComposer();
  }

  private async sendSnapshot(): Promise<void> {
    if (!this.pageIsReady) return;
    const { page } = this;
    const { sessions, states } = this.ports;
    const session = sessions.current;
    const state = await states.of(session.conversation.id);
    if (page === this.page && session === sessions.current) this.sync.show(session, state);
  }

  private pageIsGone(): void {
    this.pageIsReady = false;
    this.pageIsDrawn = false;
    this.page += 1;
    this.sync.stop();
  }

  private openPart(): void {
    const part = this.partWhenReady;
    this.partWhenReady = undefined;
    this.focusWhenReady = false;
    if (part !== undefined) this.sync.send('show', { part });
  }

  private focusComposer(): void {
    this.focusWhenReady = false;
    this.sync.send('focus-composer', {});
  }
}
