import type { QuirkMemory } from '../core/ports';

/** A memory of what gateways refuse that lasts as long as its owner. */
export class InMemoryQuirks implements QuirkMemory {
  private readonly parts = new Map<string, Set<string>>();

  refused(gatewayId: string, modelId: string): ReadonlySet<string> {
    return this.parts.get(keyOf(gatewayId, modelId)) ?? new Set();
  }

  remember(gatewayId: string, modelId: string, part: string): void {
    const key = keyOf(gatewayId, modelId);
    const known = this.parts.get(key);
    if (known === undefined) this.parts.set(key, new Set([part]));
    else known.add(part);
  }
}

function keyOf(gatewayId: string, modelId: string): string {
  return JSON.stringify([gatewayId, modelId]);
}
