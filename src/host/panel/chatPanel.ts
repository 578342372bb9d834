import { l10n, window } from 'vscode';
import type { Log } from '../../core/ports/log';
import type { Sessions } from '../../core/conversation/sessions';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import { readToHostMessage } from '../../shared/messages/toHost';
import type { Intent } from '../contributions/intents';
import type { RememberedConversation, ViewState } from '../../shared/messages/viewState';
import type { PanelStates } from './panelStates';
import type { PanelView } from './panelView';
import { ViewSync } from './viewSync';

/** What the panel needs. */
interface PanelPorts {
  readonly view: PanelView;
  readonly sessions: Sessions;
  readonly states: Pick<PanelStates, 'of'>;
  readonly log: Log;
  /** The drafts of all views of the window. */
  readonly drafts: () => readonly RememberedConversation[];
  /** Keeps what the page remembers. */
  readonly remember: (state: ViewState) => void;
  /** Called when the user turns to the panel. */
  readonly used: () => void;
  /** Resolves when the conversation that the window last showed is open again. */
  readonly restored: () => Promise<void>;
  /** Carries out a request of the page. */
  readonly handle: (message: Intent) => Promise<void>;
}

/**
 * Keeps the page of the panel up to date. Each page says `ready` when it has loaded and gets a snapshot, so that nothing depends
 * on how long a page lives.
 */
export class ChatPanel implements Disposable {
  private pageIsReady = false;
  /** Counts the pages. What was collected for one page is not sent to the next. */
  private page = 0;
  private stateRequests = 0;
  private readonly subscriptions = new DisposableStore();
  private readonly sync: ViewSync;

  constructor(private readonly ports: PanelPorts) {
    const { view, sessions } = ports;
    this.sync = this.subscriptions.add(
      new ViewSync(
        (message) => {
          view.post(message);
        },
        () => performance.now(),
      ),
    );
    this.subscriptions.add(view.received.on((message) => void this.receive(message)));
    this.subscriptions.add(
      view.pageEnded.on(() => {
        this.pageIsReady = false;
        this.page += 1;
        this.sync.stop();
      }),
    );
    this.subscriptions.add(
      sessions.currentChanged.on(() => {
        void this.sendSnapshot();
      }),
    );
  }

  /** Sends the state around the conversation again. Of several calls at the same time only the last one sends it. */
  async refreshState(): Promise<void> {
    if (!this.pageIsReady) return;
    const { page } = this;
    this.stateRequests += 1;
    const request = this.stateRequests;
    const state = await this.ports.states.of(this.ports.sessions.current.conversation.id);
    if (page === this.page && request === this.stateRequests) this.sync.send('state', state);
  }

  /** Sends drafts that changed in another view. */
  sendDrafts(views: readonly RememberedConversation[]): void {
    if (this.pageIsReady && views.length > 0) this.sync.send('drafts', { views });
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
      else if (message.type === 'remember-view') this.ports.remember(message.body);
      else if (message.type === 'page-focused') this.ports.used();
      else await this.ports.handle(message);
    } catch (error) {
      this.ports.log.error(
        `The panel's ${message.type} failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
      void window.showErrorMessage(
        l10n.t('Parley encountered an unexpected error. See the log for details.'),
      );
    }
  }

  private async greet(): Promise<void> {
    await this.ports.restored();
    const { page } = this;
    this.pageIsReady = true;
    this.sendDrafts(this.ports.drafts());
    await this.sendSnapshot();
    // The page may have ended meanwhile. The next one says `ready`, too.
    if (page === this.page) this.ports.view.noteDrawn();
  }

  private async sendSnapshot(): Promise<void> {
    if (!this.pageIsReady) return;
    const { page } = this;
    const { sessions, states } = this.ports;
    const session = sessions.current;
    const state = await states.of(session.conversation.id);
    if (page === this.page && session === sessions.current) this.sync.show(session, state);
  }
}
