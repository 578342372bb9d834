import * as v from 'valibot';
import type * as vscode from 'vscode';
import { balanceSchema } from '../../core/models/balance';
import type { Timeouts } from '../../core/models/route';
import { balanceRoutes, type BalanceCheck } from '../../core/ports/balanceCheck';
import type { Log } from '../../core/ports/log';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import { failureSchema } from '../../shared/failure/failure';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import { StoredValue } from '../memory/storedValue';

/** The schema of the last check of a balance. These field names are on the user's disk. */
const recordSchema = v.object({
  gatewayId: v.string(),
  /** The address that was asked. After a change of the address, the record says nothing. */
  baseUrl: v.string(),
  /** The end of the check, in milliseconds since the epoch. */
  at: v.number(),
  check: v.variant('kind', [
    v.object({ kind: v.literal('balance'), route: v.picklist(balanceRoutes), balance: balanceSchema }),
    v.object({ kind: v.literal('failed'), failure: failureSchema }),
    v.object({ kind: v.literal('no-route') }),
    v.object({ kind: v.literal('no-number') }),
    v.object({ kind: v.literal('unclear'), limit: v.number(), used: v.number() }),
  ]),
  /** The route that answered last, also if this check failed. */
  route: v.exactOptional(v.picklist(balanceRoutes)),
});

/** The last check of the balance of a gateway. */
export type BalanceRecord = v.InferOutput<typeof recordSchema>;

/** What `GatewayBalances` needs from the rest of the host. */
interface GatewayBalancePorts {
  readonly client: Pick<HttpChatClient, 'checkBalance'>;
  readonly settings: { timeouts(): Timeouts };
  readonly globalState: vscode.Memento;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The shortest time between two checks of a gateway, in milliseconds. New API limits the rate of these requests strictly. */
const spacing = 60_000;

/** Hosts whose API tells no balance, whatever the key is. */
const hostsWithout: ReadonlySet<string> = new Set([
  'api.openai.com',
  'api.anthropic.com',
  'generativelanguage.googleapis.com',
]);

/** True if a check of the balance is offered: the gateway has a key, or the user described the request. */
export function mayTellBalance({ auth, balance, baseUrl }: KnownGateway): boolean {
  return balance !== undefined || (auth !== 'none' && !hostsWithout.has(URL.parse(baseUrl)?.hostname ?? ''));
}

/** Asks gateways for their balance when the user wants to know it, and stores the results for all windows. */
export class GatewayBalances {
  private readonly running = new Map<string, Promise<void>>();
  private readonly stored: StoredValue<readonly BalanceRecord[]>;

  constructor(private readonly ports: GatewayBalancePorts) {
    this.stored = new StoredValue(ports.globalState, ports.log, {
      key: 'gatewayBalances',
      schema: v.array(recordSchema),
      fallback: [],
      name: 'the balance of a gateway',
    });
  }

  /** The last check; undefined if there is none for the gateway's address. */
  of({ id, baseUrl }: Pick<KnownGateway, 'id' | 'baseUrl'>): BalanceRecord | undefined {
    return this.stored.get().find((record) => record.gatewayId === id && record.baseUrl === baseUrl);
  }

  /** True while a gateway is asked. */
  isRunning(gatewayId: string): boolean {
    return this.running.has(gatewayId);
  }

  /**
   * Asks a gateway, unless it was asked within the last minute, and waits for the end of the check. A check that is already running
   * is not started a second time.
   */
  async check(gateway: KnownGateway): Promise<void> {
    const age = this.ports.now() - (this.of(gateway)?.at ?? 0);
    if (age >= 0 && age < spacing) return;
    let check = this.running.get(gateway.id);
    if (check === undefined) {
      check = this.ask(gateway).finally(() => this.running.delete(gateway.id));
      this.running.set(gateway.id, check);
    }
    await check;
  }

  /** Stores the result of a check that was made elsewhere. */
  store({ id: gatewayId, baseUrl }: Pick<KnownGateway, 'id' | 'baseUrl'>, check: BalanceCheck): void {
    const known = this.of({ id: gatewayId, baseUrl })?.route;
    const route = check.kind === 'balance' ? check.route : known;
    this.stored.set([
      ...this.others(gatewayId),
      { gatewayId, baseUrl, at: this.ports.now(), check, ...(route !== undefined && { route }) },
    ]);
  }

  /** Deletes the stored check of a gateway, so that it can be asked again at once. */
  forget(gatewayId: string): void {
    this.stored.set(this.others(gatewayId));
  }

  private async ask(gateway: KnownGateway): Promise<void> {
    const { client, settings } = this.ports;
    this.store(gateway, await client.checkBalance(gateway, settings.timeouts(), this.of(gateway)?.route));
  }

  private others(gatewayId: string): readonly BalanceRecord[] {
    return this.stored.get().filter((record) => record.gatewayId !== gatewayId);
  }
}
