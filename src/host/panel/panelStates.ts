import * as vscode from 'vscode';
import type { ContextBudget } from '../../core/prompt/contextBudget';
import { gatewayPresets, presetDescription } from '../../gateway/setup/gatewayPresets';
import type { Attachment } from '../../shared/conversation/attachment';
import type { AttachmentChip, GatewayCard, PanelState } from '../../shared/messages/toView';
import { attachmentChip } from '../chat/attachmentChip';
import type { ModelCatalogue } from '../models/modelCatalogue';
import type { ComparisonChoice } from '../chat/comparisonChoice';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import type { ModelChoice } from '../models/modelChoice';
import type { PendingAttachments } from '../chat/pendingAttachments';
import type { PromptEdits } from '../chat/promptEdits';
import type { PromptQueues } from '../chat/promptQueues';

/** What the panel's surroundings are made of: when one of these changes, they do. */
interface PanelStateSources {
  readonly gateways: GatewayRegistry;
  readonly choice: ModelChoice;
  readonly catalogue: ModelCatalogue;
  readonly attachments: PendingAttachments;
  readonly edits: PromptEdits;
  readonly queues: PromptQueues;
  readonly comparison: ComparisonChoice;
}

/** What saying what the panel shows takes. */
interface PanelStatePorts extends PanelStateSources {
  /** Told whether a question can be asked. */
  readonly noteReady: (isReady: boolean) => void;
  /** How a conversation fits the chosen model's window; undefined when there is no model. */
  readonly budgetOf: (conversationId: string) => ContextBudget | undefined;
  /** Estimates a text's tokens for the chosen model. */
  readonly countTokens: (text: string) => number;
  /** The workspace's instruction files that go along in a conversation. */
  readonly instructionsOf: (conversationId: string) => readonly AttachmentChip[];
}

/** Says what the panel shows around the conversation. No key, and nothing made from one, is in it. */
export class PanelStates {
  private readonly gateways: GatewayRegistry;
  private readonly choice: ModelChoice;
  private readonly catalogue: ModelCatalogue;

  constructor(private readonly ports: PanelStatePorts) {
    ({ gateways: this.gateways, choice: this.choice, catalogue: this.catalogue } = ports);
  }

  /** The state around one conversation. */
  async of(conversationId: string): Promise<PanelState> {
    const ready = new Set((await this.gateways.ready()).map(({ id }) => id));
    this.ports.noteReady(ready.size > 0);
    const edits = this.ports.edits.of(conversationId);
    return {
      model: this.model(),
      gateways: this.cards(ready),
      attachments: [
        ...this.ports.instructionsOf(conversationId),
        ...this.chips(this.ports.attachments.of(conversationId)),
      ],
      ...(edits.length > 0 && {
        edits: edits.map(({ id, attachments }) => ({ id, attachments: this.chips(attachments) })),
      }),
      context: this.ports.budgetOf(conversationId) ?? null,
      queue: this.ports.queues.of(conversationId).map(({ id, text, attachments }) => ({
        id,
        text,
        attachments: attachments.map(({ name }) => name),
      })),
      comparison: this.ports.comparison.of(conversationId).map((reference) => {
        const gateway = this.gateways.find(reference.gatewayId);
        const name = gateway && this.catalogue.nameOf(gateway, reference.modelId);
        return { reference, name: name ?? reference.modelId };
      }),
    };
  }

  private chips(attachments: readonly Attachment[]): readonly AttachmentChip[] {
    return attachments.map((attachment) => attachmentChip(attachment, this.ports.countTokens));
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
