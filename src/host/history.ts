import * as vscode from 'vscode';
import type { ConversationStore, ConversationSummary } from '../core/ports';
import type { Sessions } from '../core/sessions';
import { DisposableStore } from '../shared/disposable';

interface HistoryItem extends vscode.QuickPickItem {
  readonly conversation?: ConversationSummary;
}

const day = 24 * 60 * 60 * 1000;

/** The list of conversations: open, rename, delete with undo. */
export class History {
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
    picker.busy = true;
    const rename = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') };
    const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
    const load = async (): Promise<void> => {
      const conversations = await this.store.list();
      picker.items = this.items(conversations, [rename, remove]);
      picker.busy = false;
    };
    subscriptions.add(
      picker.onDidTriggerItemButton(({ item, button }) => {
        if (item.conversation === undefined) return;
        if (button === remove) void this.remove(item.conversation).then(load);
        else void this.rename(item.conversation);
      }),
    );
    const picked = await new Promise<HistoryItem | undefined>((resolve, reject) => {
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
    await this.sessions.openConversation(picked.conversation.id);
    await this.reveal();
  }

  private async rename({ id, title }: ConversationSummary): Promise<void> {
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Chat'),
      value: title,
      prompt: vscode.l10n.t('A title for this conversation'),
    });
    if (answer !== undefined && answer.trim() !== '') await this.sessions.rename(id, answer);
  }

  private async remove({ id, title }: ConversationSummary): Promise<void> {
    const wasShown = this.sessions.current.conversation.id === id;
    await this.sessions.remove(id);
    const undo = vscode.l10n.t('Undo');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('Deleted "{0}".', title), undo)
      .then(async (answer) => {
        if (answer !== undo) return;
        await this.store.restore(id);
        if (wasShown) await this.sessions.openConversation(id);
      });
  }

  private items(
    conversations: readonly ConversationSummary[],
    buttons: vscode.QuickInputButton[],
  ): HistoryItem[] {
    if (conversations.length === 0) return [{ label: vscode.l10n.t('No conversations yet') }];
    const items: HistoryItem[] = [];
    let group = '';
    for (const conversation of conversations) {
      const label = this.groupOf(conversation.updatedAt);
      if (label !== group) items.push({ label, kind: vscode.QuickPickItemKind.Separator });
      group = label;
      items.push(this.item(conversation, buttons));
    }
    return items;
  }

  private item(conversation: ConversationSummary, buttons: vscode.QuickInputButton[]): HistoryItem {
    const { id, title, updatedAt, messageCount } = conversation;
    const session = this.sessions.get(id);
    const notes = [
      id === this.sessions.current.conversation.id ? vscode.l10n.t('current') : undefined,
      session?.answering === true ? vscode.l10n.t('answering…') : undefined,
      new Date(updatedAt).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' }),
      messageCount === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', messageCount),
    ];
    return {
      label: title === '' ? vscode.l10n.t('Untitled') : title,
      description: notes.filter((note) => note !== undefined).join(' · '),
      buttons,
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
