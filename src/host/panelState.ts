import * as vscode from 'vscode';
import type { ContextBudget } from '../core/contextBudget';
import { gatewayPresets, presetDescription } from '../gateway/presets';
import type { GatewayCard, PanelState } from '../shared/messages';
import type { ModelCatalogue } from './catalogue';
import type { GatewayRegistry } from './gatewayRegistry';
import type { ModelChoice } from './modelChoice';
import { chipOf, type PendingAttachments } from './pendingAttachments';

/** Says what the panel shows around the conversation. No key, and nothing made from one, is in it. */
export class PanelStates {
  constructor(
    private readonly gateways: GatewayRegistry,
    private readonly choice: ModelChoice,
    private readonly catalogue: ModelCatalogue,
    private readonly attachments: PendingAttachments,
    /** How a conversation fits the chosen model's window; undefined when there is no model. */
    private readonly budgetOf: (conversationId: string) => ContextBudget | undefined,
  ) {}

  /** The state around one conversation. */
  async of(conversationId: string): Promise<PanelState> {
    const ready = new Set((await this.gateways.ready()).map(({ id }) => id));
    return {
      model: this.model(),
      gateways: this.cards(ready),
      attachments: this.attachments.of(conversationId).map(chipOf),
      context: this.budgetOf(conversationId) ?? null,
    };
  }

  private model(): PanelState['model'] {
    const reference = this.choice.current();
    const gateway = reference === undefined ? undefined : this.gateways.find(reference.gatewayId);
    if (reference === undefined || gateway === undefined) return null;
    return { reference, name: this.catalogue.nameOf(gateway, reference.modelId), gatewayName: gateway.name };
  }

  /** The five hosted presets first, then what the user added. Local servers hide behind "Other". */
  private cards(ready: ReadonlySet<string>): GatewayCard[] {
    const hosted = gatewayPresets.filter((preset) => !preset.local);
    const added = this.gateways
      .all()
      .filter((gateway) => gateway.configured && !hosted.some(({ id }) => id === gateway.id));
    return [
      ...hosted.map((preset) => ({
        id: preset.id,
        name: preset.name,
        description: presetDescription(preset.id, vscode.l10n.t),
        ready: ready.has(preset.id),
      })),
      ...added.map((gateway) => ({
        id: gateway.id,
        name: gateway.name,
        description: new URL(gateway.baseUrl).host,
        ready: ready.has(gateway.id),
      })),
    ];
  }
}
