import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import { withUnsupportedParameter } from '../../core/models/withUnsupportedParameter';

/** A memory of what gateways refuse that lasts as long as its owner. */
export class InMemoryUnsupportedParameters implements UnsupportedParameterMemory {
  private readonly parts = new Map<string, ReadonlySet<string>>();
  private readonly windows = new Map<string, number>();

  refused(gatewayId: string, modelId: string): ReadonlySet<string> {
    return this.parts.get(keyOf(gatewayId, modelId)) ?? new Set();
  }

  remember(gatewayId: string, modelId: string, part: string): void {
    const known = this.refused(gatewayId, modelId);
    this.parts.set(keyOf(gatewayId, modelId), new Set(withUnsupportedParameter(known, part)));
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
