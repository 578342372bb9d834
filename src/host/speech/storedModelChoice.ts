import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import { StoredValue, type Memory } from '../memory/storedValue';

/** What `StoredModelChoice` needs. */
interface StoredModelChoicePorts {
  readonly gateways: Pick<GatewayRegistry, 'ready'>;
  readonly memory: Memory;
  readonly log: Log;
}

/** A model for one purpose with its settings, as the user chose them last in any workspace. */
export class StoredModelChoice<Choice extends ModelReference> {
  private readonly stored: StoredValue<Choice | null>;
  private readonly gateways: Pick<GatewayRegistry, 'ready'>;

  /**
   * @param key The key in the memory. It is on users' disks: never change it.
   * @param name Names the choice in the log.
   */
  constructor(
    { gateways, memory, log }: StoredModelChoicePorts,
    { key, name, schema }: { key: string; name: string; schema: v.GenericSchema<unknown, Choice> },
  ) {
    this.gateways = gateways;
    this.stored = new StoredValue(memory, log, { key, schema: v.nullable(schema), fallback: null, name });
  }

  /** The choice, also if its gateway is not ready; undefined if the user has chosen no model yet. */
  last(): Choice | undefined {
    return this.stored.get() ?? undefined;
  }

  /** The choice; undefined if the user has chosen no model yet, or if its gateway is not ready. */
  async current(): Promise<Choice | undefined> {
    const choice = this.last();
    const ready = await this.gateways.ready();
    return ready.some(({ id }) => id === choice?.gatewayId) ? choice : undefined;
  }

  /** Remembers a choice. */
  keep(choice: Choice): Choice {
    this.stored.set(choice);
    return choice;
  }
}
