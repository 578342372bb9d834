import * as v from 'valibot';
import type { Log, QuirkMemory } from '../core/ports';
import type { ModelReference } from '../shared/modelReference';

const memoryKey = 'refusedParts';

/** What one model at one gateway refused. */
export interface Refusal {
  readonly gatewayId: string;
  readonly modelId: string;
  /** Such as `stream_options`; never empty. */
  readonly parts: readonly string[];
}

const storedSchema = v.array(
  v.object({ gatewayId: v.string(), modelId: v.string(), parts: v.array(v.string()) }),
);

/** Where refusals outlive a window: VS Code's global state. */
export interface RefusalMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What gateways refuse, remembered across windows until the user lets it be forgotten. */
export class Quirks implements QuirkMemory {
  constructor(
    private readonly memory: RefusalMemory,
    private readonly log: Log,
  ) {}

  refused(gatewayId: string, modelId: string): ReadonlySet<string> {
    return new Set(this.all().find((refusal) => isOf(refusal, { gatewayId, modelId }))?.parts);
  }

  remember(gatewayId: string, modelId: string, part: string): void {
    const known = this.refused(gatewayId, modelId);
    if (known.has(part)) return;
    const refusal: Refusal = { gatewayId, modelId, parts: [...known, part] };
    this.put([...this.all().filter((other) => !isOf(other, refusal)), refusal]);
  }

  /** Everything that is remembered. */
  all(): readonly Refusal[] {
    const result = v.safeParse(storedSchema, this.memory.get(memoryKey));
    return result.success ? result.output : [];
  }

  /** Forgets what some models refused; their next requests are whole again. */
  forget(models: readonly ModelReference[]): void {
    this.put(this.all().filter((refusal) => !models.some((model) => isOf(refusal, model))));
  }

  private put(refusals: readonly Refusal[]): void {
    this.memory.update(memoryKey, refusals).then(undefined, (error: unknown) => {
      this.log.warn(`What a gateway refuses could not be remembered: ${String(error)}`);
    });
  }
}

function isOf(refusal: Refusal, { gatewayId, modelId }: ModelReference): boolean {
  return refusal.gatewayId === gatewayId && refusal.modelId === modelId;
}
