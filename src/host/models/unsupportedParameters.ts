import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import { withUnsupportedParameter } from '../../core/models/withUnsupportedParameter';
import type { ModelReference } from '../../shared/conversation/modelReference';
import { StoredValue, type Memory } from '../memory/storedValue';

/** What Parley learned about one model at one gateway. */
export interface UnsupportedParameterEntry {
  readonly gatewayId: string;
  readonly modelId: string;
  /** Unsupported parameters, such as `stream_options`; the newest is the last. */
  readonly parts: readonly string[];
  /** The context window in tokens that the gateway named when a prompt was too long. */
  readonly contextWindow?: number;
}

/** These field names are stored on the user's disk: they must not change. */
const storedSchema = v.array(
  v.object({
    gatewayId: v.string(),
    modelId: v.string(),
    parts: v.array(v.string()),
    contextWindow: v.exactOptional(v.number()),
  }),
);

/** The unsupported parameters of all gateways, kept in VS Code's global state until the user deletes them. */
export class UnsupportedParameters implements UnsupportedParameterMemory {
  private readonly stored: StoredValue<readonly UnsupportedParameterEntry[]>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'refusedParts',
      schema: storedSchema,
      fallback: [],
      name: 'the unsupported parameters of a gateway',
    });
  }

  unsupported(gatewayId: string, modelId: string): ReadonlySet<string> {
    return new Set(this.of(gatewayId, modelId)?.parts);
  }

  remember(gatewayId: string, modelId: string, parameter: string): void {
    const known = this.of(gatewayId, modelId) ?? { gatewayId, modelId, parts: [] };
    if (known.parts.includes(parameter)) return;
    this.replace({ ...known, parts: withUnsupportedParameter(known.parts, parameter) });
  }

  contextWindow(gatewayId: string, modelId: string): number | undefined {
    return this.of(gatewayId, modelId)?.contextWindow;
  }

  rememberContextWindow(gatewayId: string, modelId: string, tokens: number): void {
    const known = this.of(gatewayId, modelId) ?? { gatewayId, modelId, parts: [] };
    if (known.contextWindow !== tokens) this.replace({ ...known, contextWindow: tokens });
  }

  /** All stored entries; empty if the stored value has another shape. */
  all(): readonly UnsupportedParameterEntry[] {
    return this.stored.get();
  }

  /** Deletes what is stored about these models, so that their next requests contain every parameter. */
  forget(models: readonly ModelReference[]): void {
    this.stored.set(this.all().filter((entry) => !models.some((model) => isOf(entry, model))));
  }

  private of(gatewayId: string, modelId: string): UnsupportedParameterEntry | undefined {
    return this.all().find((entry) => isOf(entry, { gatewayId, modelId }));
  }

  private replace(entry: UnsupportedParameterEntry): void {
    this.stored.set([...this.all().filter((other) => !isOf(other, entry)), entry]);
  }
}

function isOf(entry: UnsupportedParameterEntry, { gatewayId, modelId }: ModelReference): boolean {
  return entry.gatewayId === gatewayId && entry.modelId === modelId;
}
