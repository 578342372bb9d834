import * as vscode from 'vscode';
import type { Sessions } from '../core/conversation/sessions';
import { DisposableStore, type Disposable } from '../shared/kit/disposable';
import type { ChatPanel } from './panel/chatPanel';
import type { PanelStateSources } from './panel/panelStates';
import type { ShownConversation } from './chat/shownConversation';
import type { ModelStatusBar } from './models/modelStatusBar';
import { rememberShownModelName, type NameMemories } from './models/shownModelName';
import type { Settings } from './settings/settings';
import type { StorageWarnings } from './storage/storageWarnings';
import type { WalkthroughProgress } from './welcome/walkthroughProgress';

/** What changes, and what shows it. */
interface ChangingParts extends PanelStateSources {
  readonly sessions: Sessions;
  readonly panel: ChatPanel;
  readonly statusBar: ModelStatusBar;
  /** Where the model's name is kept for the next window. */
  readonly memories: NameMemories;
  readonly settings: Settings;
  readonly walkthrough: WalkthroughProgress;
  readonly storageWarnings: StorageWarnings;
  readonly shown: ShownConversation;
  readonly warnOfFailure: (what: string) => (error: unknown) => void;
}

/** Shows in the panel, the status bar and the walkthrough whatever changes, from now until it is disposed. */
export function followChanges(parts: ChangingParts): Disposable {
  const { sessions, gateways, choice, catalogue, panel, statusBar, walkthrough, storageWarnings } = parts;
  const subscriptions = new DisposableStore();
  const refreshPanel = (): void => {
    panel.refreshState().catch(parts.warnOfFailure('Refreshing the panel'));
  };
  const showModel = (): void => {
    const model = choice.current();
    const gateway = model === undefined ? undefined : gateways.find(model.gatewayId);
    const name = model && gateway && catalogue.nameOf(gateway, model.modelId);
    statusBar.showModel(name);
    rememberShownModelName(parts.memories, parts.settings.defaultModel(), name).catch(
      parts.warnOfFailure("Remembering the model's name"),
    );
    refreshPanel();
  };
  for (const { changed } of [gateways, choice]) subscriptions.add(changed.on(showModel));
  subscriptions.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('parley.defaultModel')) showModel();
    }),
  );
  for (const { changed } of [parts.attachments, parts.queues, parts.comparison])
    subscriptions.add(changed.on(refreshPanel));
  subscriptions.add(
    sessions.answeringChanged.on((answering) => {
      statusBar.showAnswering(answering);
      if (!answering) refreshPanel();
      void vscode.commands.executeCommand('setContext', 'parley.streaming', answering);
      if (answering) walkthrough.note('parley.hasAsked', true);
    }),
  );
  subscriptions.add(
    sessions.currentChanged.on(() => {
      parts.shown.remember();
    }),
  );
  subscriptions.add(
    sessions.saveFailed.on((error) => {
      storageWarnings.unsaved(error);
    }),
  );
  showModel();
  return subscriptions;
}
