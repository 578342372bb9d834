import * as v from 'valibot';
import type * as vscode from 'vscode';
import { gatewayHealthSchema, type GatewayHealth } from '../../core/gatewaySettings/gatewayHealth';
import type { Log } from '../../core/ports/log';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import { StoredValue } from '../memory/storedValue';
import type { ModelCatalogue } from '../models/modelCatalogue';

/** What `GatewayChecks` needs from the rest of the host. */
interface GatewayCheckPorts {
  readonly catalogue: ModelCatalogue;
  readonly globalState: vscode.Memento;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Checks gateways with a request for their list of models, which costs nothing, and stores the results for all windows. */
export class GatewayChecks {
  /** The ids of the gateways that are being checked. */
  private readonly running = new Map<string, Promise<void>>();
  private readonly stored: StoredValue<readonly GatewayHealth[]>;

  constructor(private readonly ports: GatewayCheckPorts) {
    this.stored = new StoredValue(ports.globalState, ports.log, {
      key: 'gatewayHealth',
      schema: v.array(gatewayHealthSchema),
      fallback: [],
      name: 'the result of a gateway check',
    });
  }

  /** The last check of a gateway; undefined if there is none. */
  of(gatewayId: string): GatewayHealth | undefined {
    return this.stored.get().find((health) => health.gatewayId === gatewayId);
  }

  /** True while a gateway is being checked. */
  isRunning(gatewayId: string): boolean {
    return this.running.has(gatewayId);
  }

  /** Checks a gateway, unless a check is already running, and waits for the end of the check. */
  async check(gateway: KnownGateway): Promise<void> {
    let check = this.running.get(gateway.id);
    if (check === undefined) {
      check = this.fetch(gateway).finally(() => this.running.delete(gateway.id));
      this.running.set(gateway.id, check);
    }
    await check;
  }

  /** Deletes the stored check of a gateway. */
  forget(gatewayId: string): void {
    this.stored.set(this.others(gatewayId));
  }

  private async fetch({ id: gatewayId, ...rest }: KnownGateway): Promise<void> {
    const { models, failure } = await this.ports.catalogue.fetch({ id: gatewayId, ...rest }, true);
    const { baseUrl } = rest;
    const health = {
      ...{ gatewayId, baseUrl, at: this.ports.now(), models: failure === undefined ? models.length : 0 },
      ...(failure !== undefined && { failure }),
    };
    this.stored.set([...this.others(gatewayId), health]);
  }

  private others(gatewayId: string): readonly GatewayHealth[] {
    return this.stored.get().filter((health) => health.gatewayId !== gatewayId);
  }
}
