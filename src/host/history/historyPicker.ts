import * as vscode from 'vscode';
import type { ConversationStore, ConversationSummary } from '../../core/ports';
import type { Sessions } from '../../core/sessions';
import { DisposableStore } from '../../shared/disposable';

interface HistoryItem extends vscode.QuickPickItem {
  readonly conversation?: ConversationSummary;
  /** True for a row under "Recently Deleted". */
  readonly deleted?: boolean;
}

const day = 24 * 60 * 60 * 1000;

/** The list of conversations: open, rename, delete; what was deleted in this window stays listed for undo. */
export class HistoryPicker {
  private readonly deleted = new Map<string, ConversationSummary>();

  constructor(
    private readonly store: ConversationStore,
    private readonly sessions: Sessions,
    private readonly reveal: () => Promise<void>,
    private readonly now: () => number,
  ) {}

  /** Shows the list and does what the user picks. */
  async show(): Promise<void> {
    const subscriptions = new DisposableStore();
    const picker = subscriptions.add(vscode.window.createQuickPick<HistoryItem>());
    picker.title = vscode.l10n.t('Chat History');
    picker.placeholder = vscode.l10n.t('Search conversations');
    picker.matchOnDescription = true;
    const load = async (): Promise<void> => {
      picker.busy = true;
      picker.keepScrollPosition = true;
      picker.items = this.items(await this.store.list());
      picker.busy = false;
    };
    const picked = await new Promise<HistoryItem | undefined>((resolve, reject) => {
      subscriptions.add(
        picker.onDidTriggerItemButton(({ item, button }) => {
          this.press(item, button).then(load).catch(reject);
        }),
      );
      subscriptions.add(
        picker.onDidAccept(() => {
          resolve(picker.selectedItems[0]);
        }),
      );
      subscriptions.add(
        picker.onDidHide(() => {
          resolve(undefined);
        }),
      );
      picker.show();
      load().catch(reject);
    }).finally(() => {
      subscriptions.dispose();
    });
    if (picked?.conversation === undefined) return;
    if (picked.deleted === true) await this.restore(picked.conversation);
    await this.sessions.openConversation(picked.conversation.id);
    await this.reveal();
  }

  private async press({ conversation }: HistoryItem, button: vscode.QuickInputButton): Promise<void> {
    if (conversation === undefined) return;
    if (button === buttons().remove) await this.remove(conversation);
    else if (button === buttons().restore) await this.restore(conversation);
    else await this.rename(conversation);
  }

  private async rename({ id, title }: ConversationSummary): Promise<void> {
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Chat'),
      value: title,
      prompt: vscode.l10n.t('A title for this conversation'),
    });
    if (answer !== undefined && answer.trim() !== '') await this.sessions.rename(id, answer);
  }

  private async remove(conversation: ConversationSummary): Promise<void> {
    await this.sessions.remove(conversation.id);
    this.deleted.set(conversation.id, conversation);
  }

  private async restore({ id }: ConversationSummary): Promise<void> {
    await this.store.restore(id);
    this.deleted.delete(id);
  }

  private items(conversations: readonly ConversationSummary[]): HistoryItem[] {
    const items: HistoryItem[] = [];
    if (conversations.length === 0) items.push({ label: vscode.l10n.t('No conversations yet') });
    let group = '';
    for (const conversation of conversations) {
      const label = this.groupOf(conversation.updatedAt);
      if (label !== group) items.push({ label, kind: vscode.QuickPickItemKind.Separator });
      group = label;
      items.push(this.item(conversation));
    }
    if (this.deleted.size > 0) {
      items.push({ label: vscode.l10n.t('Recently Deleted'), kind: vscode.QuickPickItemKind.Separator });
    }
    for (const conversation of [...this.deleted.values()].reverse()) {
      items.push({
        label: `$(trash) ${titleOf(conversation)}`,
        description: vscode.l10n.t('deleted; choose to bring it back'),
        buttons: [buttons().restore],
        conversation,
        deleted: true,
      });
    }
    return items;
  }

  private item(conversation: ConversationSummary): HistoryItem {
    const { id, updatedAt, messageCount } = conversation;
    const notes = [
      id === this.sessions.current.conversation.id ? vscode.l10n.t('current') : undefined,
      this.sessions.get(id)?.answering === true ? vscode.l10n.t('answering…') : undefined,
      new Date(updatedAt).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' }),
      messageCount === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', messageCount),
    ];
    return {
      label: titleOf(conversation),
      description: notes.filter((note) => note !== undefined).join(' · '),
      buttons: [buttons().rename, buttons().remove],
      conversation,
    };
  }

  private groupOf(time: number): string {
    const midnight = new Date(this.now()).setHours(0, 0, 0, 0);
    if (time >= midnight) return vscode.l10n.t('Today');
    if (time >= midnight - day) return vscode.l10n.t('Yesterday');
    if (time >= midnight - 7 * day) return vscode.l10n.t('Last Seven Days');
    return vscode.l10n.t('Older');
  }
}

function titleOf({ title }: ConversationSummary): string {
  return title === '' ? vscode.l10n.t('Untitled') : title;
}

interface RowButtons {
  readonly rename: vscode.QuickInputButton;
  readonly remove: vscode.QuickInputButton;
  readonly restore: vscode.QuickInputButton;
}

let rowButtons: RowButtons | undefined;

/** The buttons of the rows; VS Code tells which was pressed by giving back the same object. */
function buttons(): RowButtons {
  rowButtons ??= {
    rename: { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') },
    remove: { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') },
    restore: { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Undo Delete') },
  };
  return rowButtons;
}
