import { ThemeIcon, Uri, ViewColumn, commands, l10n, window, type WebviewPanel } from 'vscode';
import type { Session } from '../../core/conversation/session';
import type { SessionPool } from '../../core/conversation/sessionPool';
import { Sessions } from '../../core/conversation/sessions';
import type { Log } from '../../core/ports/log';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import { readEditorState } from '../../shared/messages/editorState';
import type { Panel } from '../contributions/openPanels';
import type { Panels } from '../contributions/panels';
import { chatEditorType } from '../panel/chatEditorType';
import { panelHtml } from '../panel/panelHtml';
import { PanelView, type PageFrame } from '../panel/panelView';
import type { ViewStateFile } from '../storage/viewStateFile';

/** What chats in editor tabs need of the rest of the host. */
export interface ChatEditorPorts {
  readonly extensionUri: Uri;
  readonly pool: SessionPool;
  readonly panels: Panels;
  /** Keeps the page of a panel up to date. */
  readonly follow: (panel: Panel, view: PanelView) => void;
  /** The drafts of the window's views, and what the tabs show. */
  readonly viewState: Pick<ViewStateFile, 'load' | 'tab' | 'saveTab'>;
  /** Resolves when the conversation that the side bar last showed is open again. */
  readonly restored: () => Promise<void>;
  readonly log: Log;
}

/** A chat in an editor tab. */
interface ChatEditor {
  readonly tab: WebviewPanel;
  readonly panel: Panel;
}

/** Shows chats in editor tabs, each with its own panel. In a bundle of its own, which loads with the first tab. */
export class ChatEditors {
  private readonly editors = new Set<ChatEditor>();

  constructor(private readonly ports: ChatEditorPorts) {}

  /**
   * Shows a conversation in an editor tab; without an id, a new one. A tab that shows it already is revealed.
   *
   * @param place `window` moves the tab to a window of its own.
   */
  async open(id: string | undefined, place: 'editor' | 'window'): Promise<void> {
    const shown = [...this.editors].find(({ panel }) => panel.sessions.current.conversation.id === id);
    if (shown === undefined) await this.openTab(id);
    else await shown.panel.page.reveal();
    if (place === 'window') await commands.executeCommand('workbench.action.moveEditorToNewWindow');
  }

  /** Shows the conversation of an earlier window in its tab. */
  async restore(tab: WebviewPanel, state: unknown): Promise<void> {
    // The side bar first: it may show the same conversation.
    await this.ports.restored();
    await this.ports.viewState.load();
    const sessions = new Sessions(this.ports.pool);
    const key = readEditorState(state)?.tab ?? crypto.randomUUID();
    try {
      const kept = this.ports.viewState.tab(key);
      // A conversation with messages that is gone was deleted. An empty one has no journal, but it may have a draft.
      if (kept?.isNew === true) await sessions.resume(kept.chat);
      else if (kept !== undefined) await sessions.reopen(kept.chat);
    } catch (error) {
      this.ports.log.error(`The chat of an editor tab could not be read: ${String(error)}`);
      void window.showWarningMessage(
        l10n.t(
          "Couldn't read the chat of an editor tab. Its file was not changed. Open the chat from the history to try again.",
        ),
      );
    }
    await this.show(tab, sessions, key);
  }

  private async openTab(id: string | undefined): Promise<void> {
    const sessions = new Sessions(this.ports.pool);
    if (id !== undefined && (await sessions.reopen(id)) === undefined) {
      sessions.dispose();
      void window.showWarningMessage(l10n.t('This chat no longer exists.'));
      return;
    }
    const tab = window.createWebviewPanel(chatEditorType, titleOf(sessions.current), ViewColumn.Active);
    const panel = await this.show(tab, sessions, crypto.randomUUID());
    if (id !== undefined) this.ports.panels.reopened.fire(panel);
    this.ports.panels.use(panel);
    await panel.page.reveal();
  }

  /**
   * Connects a tab with its panel, and loads its page.
   *
   * @param key The key of the tab, by which a later window finds its conversation.
   */
  private async show(tab: WebviewPanel, sessions: Sessions, key: string): Promise<Panel> {
    const { extensionUri, panels, follow, viewState, log } = this.ports;
    const view = new PanelView(log, () => {
      tab.reveal();
      return Promise.resolve();
    });
    const subscriptions = new DisposableStore();
    const panel: Panel = { sessions, page: view, subscriptions };
    const editor: ChatEditor = { tab, panel };
    this.editors.add(editor);
    subscriptions.add(sessions);
    subscriptions.add({ dispose: () => this.editors.delete(editor) });
    tab.onDidDispose(() => {
      subscriptions.dispose();
    });
    const isDisposed = (): boolean => !this.editors.has(editor);
    panels.add(panel);
    follow(panel, view);
    view.adopt(frameOf(tab), []);
    tab.iconPath = new ThemeIcon('comment-discussion');
    onChange(panel, () => {
      tab.title = titleOf(sessions.current);
      const { conversation, empty: isNew } = sessions.current;
      viewState.saveTab({ tab: key, chat: conversation.id, isNew });
    });
    const stored = await viewState.load();
    // The user may have closed the tab in the meantime.
    if (isDisposed()) return panel;
    tab.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] };
    tab.webview.html = panelHtml(tab.webview, extensionUri, stored, key);
    return panel;
  }
}

/** Calls a function now, when another conversation is shown, and when the shown one gets a title, which its first prompt gives it. */
function onChange({ sessions, subscriptions }: Panel, update: () => void): void {
  let listening: Disposable | undefined;
  const follow = (): void => {
    listening?.dispose();
    listening = sessions.current.events.on((events) => {
      if (events.some(({ kind }) => kind === 'title-changed')) update();
    });
    update();
  };
  subscriptions.add(sessions.currentChanged.on(follow));
  subscriptions.add({ dispose: () => listening?.dispose() });
  follow();
}

function titleOf({ conversation, empty }: Session): string {
  if (empty) return l10n.t('New Chat');
  return conversation.title.trim() === '' ? l10n.t('Untitled Chat') : conversation.title;
}

function frameOf(tab: WebviewPanel): PageFrame {
  let wasVisible = tab.visible;
  return {
    get visible() {
      return tab.visible;
    },
    webview: tab.webview,
    onDidDispose: (listener) => tab.onDidDispose(listener),
    onDidChangeVisibility: (listener) =>
      tab.onDidChangeViewState(() => {
        if (tab.visible === wasVisible) return;
        wasVisible = tab.visible;
        listener();
      }),
  };
}
