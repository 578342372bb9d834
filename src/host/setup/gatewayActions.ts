import * as vscode from 'vscode';
import { shownAddress } from '../../core/models/gateway';
import type { ChatClient } from '../../core/ports/chatClient';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import { askBalanceRequest } from '../cost/askBalanceRequest';
import { describeBalanceRecord } from '../cost/describeBalanceRecord';
import { mayTellBalance, type GatewayBalances } from '../cost/gatewayBalances';
import type { Settings } from '../settings/settings';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import { chosenRow, showPicker } from '../ui/showPicker';
import { changeBaseUrl } from './changeBaseUrl';
import type { GatewayChecks } from './gatewayChecks';
import type { GatewayEditPorts, GatewayEdits } from './gatewayEdits';
import { describeLearned, describeState } from './describeGatewayRow';
import { readGatewayRows, type GatewayRow } from './readGatewayRows';
import { rejectionAdvice } from './keyQuestion';

/** What `GatewayActions` needs. */
export interface GatewayActionPorts extends GatewayEditPorts {
  readonly client: ChatClient & Pick<HttpChatClient, 'checkBalance' | 'fetchNumbers'>;
  readonly settings: Settings;
  /** Checks a gateway in detail and shows the report. */
  readonly checkInDetail: (gatewayId: string) => Promise<void>;
  readonly checks: GatewayChecks;
  readonly balances: GatewayBalances;
  readonly edits: GatewayEdits;
}

/** What a row does. Those with a question of their own close the list, and it opens again afterwards. */
type GatewayAction =
  | 'rename'
  | 'change-url'
  | 'set-key'
  | 'test'
  | 'check'
  | 'balance'
  | 'balance-request'
  | 'move-up'
  | 'move-down'
  | 'hide'
  | 'show'
  | 'forget'
  | 'remove';

interface ActionItem extends vscode.QuickPickItem {
  /** Undefined for a separator. */
  readonly action?: GatewayAction;
  /** The model to forget, for `forget`. */
  readonly modelId?: string;
}

/** The actions that change the list while it is open. */
const inPlace: ReadonlySet<GatewayAction> = new Set([
  'test',
  'balance',
  'move-up',
  'move-down',
  'hide',
  'show',
  'forget',
]);

/** Shows the state of one gateway and everything that can be done with it. */
export class GatewayActions {
  constructor(private readonly ports: GatewayActionPorts) {}

  /**
   * Shows the actions until the user goes back to the list or closes it.
   *
   * @returns `closed` if the user closed it.
   */
  async show(gatewayId: string): Promise<'back' | 'closed'> {
    let last: GatewayAction | undefined;
    for (;;) {
      const rows = await this.rows();
      const row = rows.find(({ gateway }) => gateway.id === gatewayId);
      if (row === undefined) return 'back';
      const answer = await this.pick(row, rows, last);
      if (answer === undefined) return 'closed';
      if (answer === 'back') return 'back';
      last = answer;
      const isGone = await this.run(answer, row);
      if (isGone) return 'back';
    }
  }

  private async pick(
    row: GatewayRow,
    rows: readonly GatewayRow[],
    last: GatewayAction | undefined,
  ): Promise<GatewayAction | 'back' | undefined> {
    return await showPicker<ActionItem, GatewayAction | 'back'>(
      ({ picker, subscriptions, answer, fail, isOpen }) => {
        picker.buttons = [vscode.QuickInputButtons.Back];
        let wanted = last;
        const display = (shown: GatewayRow, all: readonly GatewayRow[]): void => {
          picker.title = shown.gateway.name;
          picker.placeholder = describeState(shown).replace(/^\$\([^)]*\) /, '');
          picker.busy = shown.isBeingChecked || shown.isBalanceBeingChecked;
          const items = itemsOf(shown, all);
          picker.keepScrollPosition = true;
          picker.items = items;
          const active = items.find(({ action }) => action !== undefined && action === wanted);
          if (active !== undefined) picker.activeItems = [active];
        };
        const refresh = async (): Promise<void> => {
          const all = await this.rows();
          const shown = all.find(({ gateway }) => gateway.id === row.gateway.id);
          if (!isOpen()) return;
          if (shown === undefined) answer('back');
          else display(shown, all);
        };
        const change = async ({ action, modelId }: ActionItem): Promise<void> => {
          const all = await this.rows();
          const current = all.find(({ gateway }) => gateway.id === row.gateway.id);
          if (action === undefined || current === undefined) return;
          if (action === 'test' || action === 'balance') {
            const { checks, balances } = this.ports;
            const done = (action === 'test' ? checks : balances).check(current.gateway);
            await refresh();
            await done;
          } else await this.changeInPlace(action, modelId, current, all);
          await refresh();
        };
        subscriptions.add(
          picker.onDidTriggerButton(() => {
            answer('back');
          }),
        );
        subscriptions.add(
          picker.onDidAccept(() => {
            const item = chosenRow(picker);
            if (item?.action === undefined) return;
            // The row of the opposite action takes its place.
            wanted = item.action === 'hide' ? 'show' : item.action === 'show' ? 'hide' : item.action;
            // Otherwise a filter could hide the row of the opposite action.
            if (inPlace.has(item.action)) {
              picker.value = '';
              change(item).catch(fail);
            } else answer(item.action);
          }),
        );
        display(row, rows);
      },
    );
  }

  /** Carries out an action with a question of its own. Returns true if the gateway was removed. */
  private async run(action: GatewayAction, { gateway }: GatewayRow): Promise<boolean> {
    const { edits, client, keys, keyQuestion, settings } = this.ports;
    switch (action) {
      case 'rename':
        await edits.rename(gateway);
        return false;
      case 'change-url':
        await changeBaseUrl(gateway, { client, keys, keyQuestion, edits, timeouts: settings.timeouts() });
        break;
      case 'set-key':
        if (!(await keyQuestion.ask(gateway))) return false;
        break;
      case 'check':
        await this.ports.checkInDetail(gateway.id);
        return false;
      case 'balance-request':
        await this.setBalanceRequest(gateway);
        return false;
      case 'remove':
        return await edits.remove(gateway);
      default:
        return false;
    }
    // The address or the key is another one, so the last check says nothing.
    this.ports.checks.forget(gateway.id);
    this.ports.balances.forget(gateway.id);
    const changed = this.ports.gateways.find(gateway.id);
    const { hasKey } = (await this.rows()).find((row) => row.gateway.id === gateway.id) ?? { hasKey: false };
    if (changed !== undefined && (hasKey || changed.auth === 'none')) await this.ports.checks.check(changed);
    return false;
  }

  /** Asks for the user's own balance request, stores it and shows its result. */
  private async setBalanceRequest(gateway: KnownGateway): Promise<void> {
    const { client, settings, edits, balances } = this.ports;
    const request = await askBalanceRequest(gateway, { client, timeouts: settings.timeouts() });
    if (request === undefined) return;
    if (!(await edits.saveBalanceRequest(gateway, request === 'remove' ? undefined : request))) return;
    balances.forget(gateway.id);
    if (request !== 'remove') await balances.check({ ...gateway, balance: request });
  }

  private async changeInPlace(
    action: GatewayAction,
    modelId: string | undefined,
    { gateway }: GatewayRow,
    rows: readonly GatewayRow[],
  ): Promise<void> {
    const { edits, unsupportedParameters } = this.ports;
    const ids = rows.map((row) => row.gateway.id);
    switch (action) {
      case 'hide':
      case 'show':
        await edits.setHidden(gateway, action === 'hide');
        break;
      case 'move-up':
      case 'move-down':
        await edits.move(ids, gateway, action === 'move-up' ? -1 : 1);
        break;
      case 'forget':
        if (modelId !== undefined) unsupportedParameters.forget([{ gatewayId: gateway.id, modelId }]);
        break;
      default:
        break;
    }
  }

  private async rows(): Promise<readonly GatewayRow[]> {
    return await readGatewayRows(this.ports);
  }
}

function itemsOf(row: GatewayRow, rows: readonly GatewayRow[]): ActionItem[] {
  const { gateway, hasKey, state, learned } = row;
  const index = rows.findIndex((other) => other.gateway.id === gateway.id);
  const item = (
    action: GatewayAction,
    icon: string,
    label: string,
    description?: string,
    detail?: string,
  ): ActionItem => ({
    ...{ action, label: `$(${icon}) ${label}` },
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
  });
  const keyNote = hasKey
    ? vscode.l10n.t('A key is stored')
    : gateway.auth === 'none'
      ? vscode.l10n.t('No key is needed')
      : vscode.l10n.t('No key is stored');
  return [
    item('rename', 'edit', vscode.l10n.t('Rename…'), gateway.name),
    item('change-url', 'link', vscode.l10n.t('Change Base URL…'), shownAddress(gateway.baseUrl)),
    item(
      'set-key',
      'key',
      vscode.l10n.t('Set API Key…'),
      keyNote,
      state === 'key-rejected' ? rejectionAdvice(gateway) : undefined,
    ),
    ...(state === 'no-key'
      ? []
      : [item('test', 'refresh', vscode.l10n.t('Test'), vscode.l10n.t('Requests the list of models'))]),
    item(
      'check',
      'beaker',
      vscode.l10n.t('Check in Detail…'),
      vscode.l10n.t('Sends a few short prompts and writes a report'),
    ),
    ...(state !== 'no-key' && mayTellBalance(gateway)
      ? [item('balance', 'credit-card', vscode.l10n.t('Check Balance'), balanceNote(row))]
      : []),
    item(
      'balance-request',
      'symbol-numeric',
      vscode.l10n.t('Set Balance Request…'),
      gateway.balance?.path ?? vscode.l10n.t('For a gateway whose balance Parley does not find'),
    ),
    ...(index > 0 ? [item('move-up', 'arrow-up', vscode.l10n.t('Move Up'))] : []),
    ...(index < rows.length - 1 ? [item('move-down', 'arrow-down', vscode.l10n.t('Move Down'))] : []),
    gateway.hidden
      ? item('show', 'eye', vscode.l10n.t('Show'), vscode.l10n.t('Its models are in the lists again'))
      : item(
          'hide',
          'eye-closed',
          vscode.l10n.t('Hide'),
          vscode.l10n.t('Leaves its models out of the lists. Chats that use them still work.'),
        ),
    item('remove', 'trash', vscode.l10n.t('Remove…')),
    ...(learned.length === 0
      ? []
      : [{ label: vscode.l10n.t('Unsupported parameters'), kind: vscode.QuickPickItemKind.Separator }]),
    ...learned.map((entry) => ({
      ...item('forget', 'discard', vscode.l10n.t('Forget {0}', entry.modelId), describeLearned(entry)),
      modelId: entry.modelId,
    })),
  ];
}

function balanceNote({ gateway, balance, isBalanceBeingChecked }: GatewayRow): string {
  if (isBalanceBeingChecked) return vscode.l10n.t('Checking the balance…');
  return balance === undefined
    ? vscode.l10n.t('Asks the gateway what is left, which costs nothing')
    : describeBalanceRecord(balance, gateway);
}
