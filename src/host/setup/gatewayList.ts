import * as vscode from 'vscode';
import { isOutdated } from '../../core/gatewaySettings/gatewayHealth';
import { shownAddress } from '../../core/models/gateway';
import type { Log } from '../../core/ports/log';
import type { ModelCatalogue } from '../models/modelCatalogue';
import { GatewayBalances, mayTellBalance } from '../cost/gatewayBalances';
import { chosenRow, showPicker } from '../ui/showPicker';
import { GatewayActions, type GatewayActionPorts } from './gatewayActions';
import { GatewayChecks } from './gatewayChecks';
import { GatewayEdits } from './gatewayEdits';
import { describeGatewayRow } from './describeGatewayRow';
import { readGatewayRows, type GatewayRow } from './readGatewayRows';

/** What `GatewayList` needs from the rest of the host. */
export interface GatewayListPorts extends Omit<GatewayActionPorts, 'checks' | 'edits' | 'balances'> {
  readonly catalogue: ModelCatalogue;
  readonly globalState: vscode.Memento;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Lets the user add a gateway. */
  readonly add: () => Promise<boolean>;
}

/** What the user chose in the list. */
type ListAnswer = { readonly kind: 'open' | 'remove'; readonly row: GatewayRow } | { readonly kind: 'add' };

/** A button of a row, for the mouse. The keyboard reaches the same actions with Enter on the row. */
interface RowButton extends vscode.QuickInputButton {
  readonly action: 'test' | 'balance' | 'move-up' | 'move-down' | 'hide' | 'show' | 'remove';
}

interface GatewayItem extends vscode.QuickPickItem {
  /** Undefined for the row that adds a gateway, and for separators. */
  readonly row?: GatewayRow;
  readonly buttons?: readonly RowButton[];
}

/** Lists the user's gateways with their state. Opens the actions of one, or carries out the action of a button. */
export class GatewayList {
  private readonly checks: GatewayChecks;
  private readonly balances: GatewayBalances;
  private readonly edits: GatewayEdits;
  private readonly actions: GatewayActions;

  constructor(private readonly ports: GatewayListPorts) {
    this.checks = new GatewayChecks(ports);
    this.balances = new GatewayBalances(ports);
    this.edits = new GatewayEdits(ports, this.checks);
    const { checks, balances, edits } = this;
    this.actions = new GatewayActions({ ...ports, checks, balances, edits });
  }

  /** Shows the list until the user closes it. */
  async show(): Promise<void> {
    let activeId: string | undefined;
    for (;;) {
      const answer = await this.pick(activeId);
      if (answer === undefined) return;
      if (answer.kind === 'add') {
        await this.ports.add();
        continue;
      }
      const { gateway } = answer.row;
      activeId = gateway.id;
      if (answer.kind === 'remove') {
        if (await this.edits.remove(gateway)) this.balances.forget(gateway.id);
      } else if ((await this.actions.show(gateway.id)) === 'closed') return;
    }
  }

  private async pick(activeId: string | undefined): Promise<ListAnswer | undefined> {
    const first = await this.rows();
    return await showPicker<GatewayItem, ListAnswer>(({ picker, subscriptions, answer, fail, isOpen }) => {
      picker.title = vscode.l10n.t('Manage Gateways');
      picker.matchOnDescription = true;
      picker.buttons = [
        { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Test All Gateways') },
      ];
      let rows = first;
      let wanted = activeId;
      const display = (): void => {
        picker.placeholder =
          rows.length === 0
            ? vscode.l10n.t('No gateway is set up yet')
            : vscode.l10n.t('Select a gateway to change, test or remove it');
        wanted = picker.activeItems[0]?.row?.gateway.id ?? wanted;
        const items = itemsOf(rows);
        picker.keepScrollPosition = true;
        picker.items = items;
        const active = items.find(({ row }) => row !== undefined && row.gateway.id === wanted);
        if (active !== undefined) picker.activeItems = [active];
        picker.busy = rows.some((row) => row.isBeingChecked || row.isBalanceBeingChecked);
      };
      let latest = 0;
      const refresh = async (): Promise<void> => {
        latest += 1;
        const number = latest;
        const read = await this.rows();
        if (!isOpen() || number !== latest) return;
        rows = read;
        display();
      };
      const test = (tested: readonly GatewayRow[]): void => {
        for (const { gateway } of tested) this.checks.check(gateway).then(refresh).catch(fail);
        refresh().catch(fail);
      };
      subscriptions.add(
        this.ports.gateways.changed.on(() => {
          refresh().catch(fail);
        }),
      );
      subscriptions.add(
        picker.onDidTriggerButton(() => {
          test(rows.filter(({ state }) => state !== 'no-key'));
        }),
      );
      subscriptions.add(
        picker.onDidTriggerItemButton(({ item: { row }, button }) => {
          if (row === undefined) return;
          const { action } = button as RowButton;
          wanted = row.gateway.id;
          if (action === 'remove') answer({ kind: 'remove', row });
          else if (action === 'test') test([row]);
          else if (action === 'balance') {
            this.balances.check(row.gateway).then(refresh).catch(fail);
            refresh().catch(fail);
          } else this.change(row, action, rows).then(refresh).catch(fail);
        }),
      );
      subscriptions.add(
        picker.onDidAccept(() => {
          const item = chosenRow(picker);
          if (item !== undefined)
            answer(item.row === undefined ? { kind: 'add' } : { kind: 'open', row: item.row });
        }),
      );
      display();
      const now = this.ports.now();
      test(
        rows.filter(
          ({ state, gateway, health }) =>
            state !== 'no-key' && !gateway.hidden && isOutdated(health, gateway.baseUrl, now),
        ),
      );
    });
  }

  private async change(
    { gateway }: GatewayRow,
    action: Exclude<RowButton['action'], 'test' | 'balance' | 'remove'>,
    rows: readonly GatewayRow[],
  ): Promise<void> {
    const ids = rows.map((row) => row.gateway.id);
    if (action === 'hide' || action === 'show') await this.edits.setHidden(gateway, action === 'hide');
    else await this.edits.move(ids, gateway, action === 'move-up' ? -1 : 1);
  }

  private async rows(): Promise<readonly GatewayRow[]> {
    return await readGatewayRows({ ...this.ports, checks: this.checks, balances: this.balances });
  }
}

function itemsOf(rows: readonly GatewayRow[]): GatewayItem[] {
  return [
    ...rows.map((row, index) => ({
      label: row.gateway.name,
      description: shownAddress(row.gateway.baseUrl),
      detail: describeGatewayRow(row),
      buttons: buttonsOf(row, index, rows.length),
      row,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(add) ${vscode.l10n.t('Add Gateway…')}`, alwaysShow: true },
  ];
}

function buttonsOf({ gateway, state }: GatewayRow, index: number, count: number): RowButton[] {
  const button = (action: RowButton['action'], icon: string, tooltip: string): RowButton => ({
    ...{ action, tooltip, iconPath: new vscode.ThemeIcon(icon) },
  });
  return [
    ...(state === 'no-key' ? [] : [button('test', 'refresh', vscode.l10n.t('Test'))]),
    ...(state !== 'no-key' && mayTellBalance(gateway)
      ? [button('balance', 'credit-card', vscode.l10n.t('Check Balance'))]
      : []),
    ...(index > 0 ? [button('move-up', 'arrow-up', vscode.l10n.t('Move Up'))] : []),
    ...(index < count - 1 ? [button('move-down', 'arrow-down', vscode.l10n.t('Move Down'))] : []),
    gateway.hidden
      ? button('show', 'eye', vscode.l10n.t('Show'))
      : button('hide', 'eye-closed', vscode.l10n.t('Hide')),
    button('remove', 'trash', vscode.l10n.t('Remove')),
  ];
}
