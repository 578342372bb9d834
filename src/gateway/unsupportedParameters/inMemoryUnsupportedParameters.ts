import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import { withUnsupportedParameter } from '../../core/models/withUnsupportedParameter';

/** An `UnsupportedParameterMemory` that stores nothing on disk. */
export class InMemoryUnsupportedParameters implements UnsupportedParameterMemory {
  private readonly parameters = new Map<string, ReadonlySet<string>>();
  private readonly windows = new Map<string, number>();

  unsupported(gatewayId: string, modelId: string): ReadonlySet<string> {
    return this.parameters.get(keyOf(gatewayId, modelId)) ?? new Set();
  }

  remember(gatewayId: string, modelId: string, parameter: string): void {
    const known = this.unsupported(gatewayId, modelId);
    this.parameters.set(keyOf(gatewayId, modelId), new Set(withUnsupportedParameter(known, parameter)));
  }

  contextWindow(gatewayId: string, modelId: string): number | undefined {
    return this.windows.get(keyOf(gatewayId, modelId));
  }

  rememberContextWindow(gatewayId: string, modelId: string, tokens: number): void {
    this.windows.set(keyOf(gatewayId, modelId), tokens);
  }
}

function keyOf(gatewayId: string, modelId: string): string {
  return JSON.stringify([gatewayId, modelId]);
}
