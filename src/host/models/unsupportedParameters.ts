import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import { withUnsupportedParameter } from '../../core/models/withUnsupportedParameter';
import type { ModelReference } from '../../shared/conversation/modelReference';

/** The key and the field names below are stored on the user's disk: they must not change. */
const memoryKey = 'refusedParts';

/** What Parley learned about one model at one gateway. */
export interface UnsupportedParameterEntry {
  readonly gatewayId: string;
  readonly modelId: string;
  /** Unsupported parameters, such as `stream_options`; the newest is the last. */
  readonly parts: readonly string[];
  /** The context window in tokens that the gateway named when a prompt was too long. */
  readonly contextWindow?: number;
}

const storedSchema = v.array(
  v.object({
    gatewayId: v.string(),
    modelId: v.string(),
    parts: v.array(v.string()),
    contextWindow: v.exactOptional(v.number()),
  }),
);

/** The storage behind `UnsupportedParameters`: VS Code's global state, which is kept when a window closes. */
interface UnsupportedParameterStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** The unsupported parameters of all gateways, kept in VS Code's global state until the user deletes them. */
export class UnsupportedParameters implements UnsupportedParameterMemory {
  constructor(
    private readonly storage: UnsupportedParameterStorage,
    private readonly log: Log,
  ) {}

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
    const result = v.safeParse(storedSchema, this.storage.get(memoryKey));
    return result.success ? result.output : [];
  }

  /** Deletes what is stored about these models, so that their next requests contain every parameter. */
  forget(models: readonly ModelReference[]): void {
    this.put(this.all().filter((entry) => !models.some((model) => isOf(entry, model))));
  }

  private of(gatewayId: string, modelId: string): UnsupportedParameterEntry | undefined {
    return this.all().find((entry) => isOf(entry, { gatewayId, modelId }));
  }

  private replace(entry: UnsupportedParameterEntry): void {
    this.put([...this.all().filter((other) => !isOf(other, entry)), entry]);
  }

  private put(entries: readonly UnsupportedParameterEntry[]): void {
    this.storage.update(memoryKey, entries).then(undefined, (error: unknown) => {
      this.log.warn(`Couldn't store the unsupported parameters of a gateway: ${String(error)}`);
    });
  }
}

function isOf(entry: UnsupportedParameterEntry, { gatewayId, modelId }: ModelReference): boolean {
  return entry.gatewayId === gatewayId && entry.modelId === modelId;
}
