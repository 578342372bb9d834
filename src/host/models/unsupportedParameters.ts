import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import { withUnsupportedParameter } from '../../core/models/withUnsupportedParameter';
import type { ModelReference } from '../../shared/conversation/modelReference';

const memoryKey = 'refusedParts';

/** What one model at one gateway refused. */
export interface Refusal {
  readonly gatewayId: string;
  readonly modelId: string;
  /** Such as `stream_options`. */
  readonly parts: readonly string[];
  /** The context window that it named when it refused a prompt as too long, in tokens. */
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

/** Where refusals outlive a window: VS Code's global state. */
export interface RefusalMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What gateways refuse, remembered across windows until the user lets it be forgotten. */
export class UnsupportedParameters implements UnsupportedParameterMemory {
  constructor(
    private readonly memory: RefusalMemory,
    private readonly log: Log,
  ) {}

  refused(gatewayId: string, modelId: string): ReadonlySet<string> {
    return new Set(this.of(gatewayId, modelId)?.parts);
  }

  remember(gatewayId: string, modelId: string, part: string): void {
    const known = this.of(gatewayId, modelId) ?? { gatewayId, modelId, parts: [] };
    if (known.parts.includes(part)) return;
    this.replace({ ...known, parts: withUnsupportedParameter(known.parts, part) });
  }

  contextWindow(gatewayId: string, modelId: string): number | undefined {
    return this.of(gatewayId, modelId)?.contextWindow;
  }

  rememberContextWindow(gatewayId: string, modelId: string, tokens: number): void {
    const known = this.of(gatewayId, modelId) ?? { gatewayId, modelId, parts: [] };
    if (known.contextWindow !== tokens) this.replace({ ...known, contextWindow: tokens });
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

  private of(gatewayId: string, modelId: string): Refusal | undefined {
    return this.all().find((refusal) => isOf(refusal, { gatewayId, modelId }));
  }

  private replace(refusal: Refusal): void {
    this.put([...this.all().filter((other) => !isOf(other, refusal)), refusal]);
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
