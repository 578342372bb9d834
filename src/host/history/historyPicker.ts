import * as vscode from 'vscode';
import type { ConversationStore, ConversationSummary, SearchHit } from '../../core/ports/conversationStore';
import type { Log } from '../../core/ports/log';
import type { Sessions } from '../../core/conversation/sessions';
import { showPicker } from '../ui/showPicker';
import type { DeletedChats } from './deletedChats';

interface HistoryItem extends vscode.QuickPickItem {
  readonly conversation?: ConversationSummary;
  /** True for a row in the group "Recently Deleted". */
  readonly deleted?: boolean;
}

const day = 24 * 60 * 60 * 1000;

/** How long typing must pause before a search starts, in milliseconds. */
const typingDelay = 150;

/** What `HistoryPicker` needs. */
interface HistoryPickerPorts {
  readonly store: ConversationStore;
  readonly sessions: Sessions;
  readonly deleted: DeletedChats;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly exportChat: (id: string) => Promise<void>;
  /** Moves the focus back to the message field. */
  readonly reveal: () => Promise<void>;
}

/**
 * A quick pick of conversations: open, pin, rename, export and delete. Conversations that were deleted in this window can be
 * restored.
 */
export class HistoryPicker {
  private readonly sessions: Sessions;

  constructor(private readonly ports: HistoryPickerPorts) {
    ({ sessions: this.sessions } = ports);
  }

  /** Shows the list and opens the conversation that the user picks. */
  async show(): Promise<void> {
    const picked = await showPicker<HistoryItem, HistoryItem>(({ picker, subscriptions, answer, fail }) => {
      picker.title = vscode.l10n.t('Chat History');
      picker.placeholder = vscode.l10n.t('Search chats');
      // The search also finds words in messages, which the row itself does not contain.
      picker.matchOnDescription = true;
      const load = async (): Promise<void> => {
        const query = picker.value;
        picker.busy = true;
        picker.keepScrollPosition = true;
        const hits = await this.ports.store.search(query);
        // The user typed on, and a newer search is under way.
        if (query !== picker.value) return;
        picker.items = this.items(hits, query.trim() !== '');
        picker.busy = false;
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      subscriptions.add({
        dispose: () => {
          clearTimeout(timer);
        },
      });
      subscriptions.add(
        picker.onDidTriggerItemButton(({ item, button }) => {
          this.press(item, button).then(load).catch(fail);
        }),
      );
      subscriptions.add(
        picker.onDidChangeValue(() => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            load().catch(fail);
          }, typingDelay);
        }),
      );
      subscriptions.add(
        picker.onDidAccept(() => {
          answer(picker.selectedItems[0]);
        }),
      );
      load().catch(fail);
    });
    if (picked?.conversation === undefined) return;
    if (picked.deleted === true) await this.ports.deleted.restore(picked.conversation.id);
    await this.sessions.openConversation(picked.conversation.id);
    await this.ports.reveal();
  }

  private async press({ conversation }: HistoryItem, button: vscode.QuickInputButton): Promise<void> {
    if (conversation === undefined) return;
    const { id, pinned } = conversation;
    const { deleted, exportChat } = this.ports;
    if (button === buttons().remove) await deleted.remove(id);
    else if (button === buttons().restore) await deleted.restore(id);
    else if (button === buttons().pin || button === buttons().unpin) await this.sessions.pin(id, !pinned);
    else if (button === buttons().exportChat) await exportChat(id);
    else await this.rename(conversation);
  }

  private async rename({ id, title }: ConversationSummary): Promise<void> {
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Chat'),
      value: title,
      prompt: vscode.l10n.t('Enter a title for this chat'),
    });
    if (answer !== undefined && answer.trim() !== '') await this.sessions.rename(id, answer);
  }

  private items(hits: readonly SearchHit[], isSearch: boolean): HistoryItem[] {
    const items: HistoryItem[] = [];
    if (hits.length === 0) {
      const label = isSearch ? vscode.l10n.t('No chats found') : vscode.l10n.t('No chats yet');
      items.push({ label, alwaysShow: true });
    }
    let group = '';
    for (const { conversation, excerpt } of hits) {
      const label = conversation.pinned ? vscode.l10n.t('Pinned') : this.groupOf(conversation.updatedAt);
      if (label !== group) items.push({ label, kind: vscode.QuickPickItemKind.Separator });
      group = label;
      items.push({
        ...this.item(conversation),
        ...(excerpt === null ? {} : { detail: excerpt }),
        alwaysShow: isSearch,
      });
    }
    return [...items, ...(isSearch ? [] : this.deletedItems())];
  }

  private deletedItems(): HistoryItem[] {
    const chats = this.ports.deleted.all();
    if (chats.length === 0) return [];
    return [
      { label: vscode.l10n.t('Recently Deleted'), kind: vscode.QuickPickItemKind.Separator },
      ...chats.map((conversation) => ({
        label: `$(trash) ${titleOf(conversation)}`,
        description: vscode.l10n.t('Deleted. Select to restore.'),
        buttons: [buttons().restore],
        conversation,
        deleted: true,
      })),
    ];
  }

  private item(conversation: ConversationSummary): HistoryItem {
    const { id, updatedAt, messageCount, pinned } = conversation;
    const notes = [
      id === this.sessions.current.conversation.id ? vscode.l10n.t('current') : undefined,
      this.sessions.get(id)?.answering === true ? vscode.l10n.t('answering…') : undefined,
      new Date(updatedAt).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' }),
      messageCount === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', messageCount),
    ];
    return {
      label: titleOf(conversation),
      description: notes.filter((note) => note !== undefined).join(' · '),
      buttons: [
        pinned ? buttons().unpin : buttons().pin,
        buttons().rename,
        buttons().exportChat,
        buttons().remove,
      ],
      conversation,
    };
  }

  private groupOf(time: number): string {
    const midnight = new Date(this.ports.now()).setHours(0, 0, 0, 0);
    if (time >= midnight) return vscode.l10n.t('Today');
    if (time >= midnight - day) return vscode.l10n.t('Yesterday');
    if (time >= midnight - 7 * day) return vscode.l10n.t('Last Seven Days');
    return vscode.l10n.t('Older');
  }
}

function titleOf({ title }: ConversationSummary): string {
  return title === '' ? vscode.l10n.t('Untitled Chat') : title;
}

interface RowButtons {
  readonly pin: vscode.QuickInputButton;
  readonly unpin: vscode.QuickInputButton;
  readonly exportChat: vscode.QuickInputButton;
  readonly rename: vscode.QuickInputButton;
  readonly remove: vscode.QuickInputButton;
  readonly restore: vscode.QuickInputButton;
}

let rowButtons: RowButtons | undefined;

/** The buttons of the rows. VS Code identifies a pressed button by its object, so the same objects are used each time. */
function buttons(): RowButtons {
  rowButtons ??= {
    pin: { iconPath: new vscode.ThemeIcon('pin'), tooltip: vscode.l10n.t('Pin') },
    unpin: { iconPath: new vscode.ThemeIcon('pinned'), tooltip: vscode.l10n.t('Unpin') },
    exportChat: { iconPath: new vscode.ThemeIcon('export'), tooltip: vscode.l10n.t('Export') },
    rename: { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') },
    remove: { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') },
    restore: { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Undo Delete') },
  };
  return rowButtons;
}
