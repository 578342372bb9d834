import * as vscode from 'vscode';
import { requestPriceOf } from '../../core/models/requestPriceOf';
import { offerFor } from '../../core/models/offerFor';
import type { NextPrompt } from '../../core/conversation/planNextPrompt';
import type { PromptPlan } from '../../core/prompt/promptPlan';
import { gatewayPresets, presetDescription } from '../../gateway/setup/gatewayPresets';
import { generatedKinds } from '../../shared/answer/generation';
import type { GenerationOffer } from '../../shared/answer/generationOffer';
import type { Attachment } from '../../shared/conversation/attachment';
import type {
  AppliedBlock,
  AttachmentChip,
  GatewayCard,
  OpenedContext,
  PanelState,
} from '../../shared/messages/toView';
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
  /** The part of the state about parameters and presets. `ready` are the ids of the gateways that can be asked. */
  readonly parametersState: (ready: ReadonlySet<string>) => Pick<PanelState, 'presets' | 'settingParameters'>;
  /** What is open in VS Code, for an empty chat. */
  readonly openedFor: (conversationId: string) => OpenedContext | undefined;
  /** Told whether a question can be asked. */
  readonly noteReady: (isReady: boolean) => void;
  /** The code blocks of a conversation whose change the user accepted. */
  readonly appliedIn: (conversationId: string) => readonly AppliedBlock[];
  /**
   * The plan of a prompt of a conversation for the chosen model; undefined when there is no model. The text in the composer is
   * not known here.
   */
  readonly planOf: (conversationId: string, next: NextPrompt) => PromptPlan | undefined;
  /** The chips of the instruction files that are sent in a conversation. `tokensOf` finds their tokens in the next prompt. */
  readonly instructionsOf: (
    conversationId: string,
    tokensOf: (id: string) => number | null,
  ) => readonly AttachmentChip[];
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
    const opened = this.ports.openedFor(conversationId);
    const attachments = this.ports.attachments.of(conversationId);
    const plan = this.ports.planOf(conversationId, { text: '', attachments });
    const instructions = this.ports.instructionsOf(conversationId, (id) => tokensOfPart(plan, id));
    const generation = this.generation();
    return {
      model: this.model(),
      ...(generation !== undefined && { generation }),
      gateways: this.cards(ready),
      attachments: [...instructions, ...chips(attachments, plan)],
      ...(edits.length > 0 && {
        edits: edits.map((edit) => {
          const next = { text: '', attachments: edit.attachments, replaces: edit.id };
          return {
            id: edit.id,
            attachments: chips(edit.attachments, this.ports.planOf(conversationId, next)),
          };
        }),
      }),
      // Models that make pictures, video or music read the last prompt alone.
      context: generation === undefined ? (plan?.budget ?? null) : null,
      ...this.ports.parametersState(ready),
      ...(opened !== undefined && { opened }),
      queue: this.ports.queues.of(conversationId).map(({ id, text, attachments }) => ({
        id,
        text,
        attachments: attachments.map((attachment) => attachmentChip(attachment, null).label),
      })),
      comparison: this.ports.comparison.of(conversationId).map((reference) => {
        const gateway = this.gateways.find(reference.gatewayId);
        const name = gateway && this.catalogue.nameOf(gateway, reference.modelId);
        return {
          reference,
          name: name ?? reference.modelId,
          ...(gateway && requestPriceOf(this.catalogue.describe(gateway, reference.modelId))),
        };
      }),
      applied: this.ports.appliedIn(conversationId),
    };
  }

  private model(): PanelState['model'] {
    const reference = this.choice.current();
    const gateway = reference === undefined ? undefined : this.gateways.find(reference.gatewayId);
    if (reference === undefined || gateway === undefined) return null;
    const description = this.catalogue.describe(gateway, reference.modelId);
    return {
      reference,
      name: this.catalogue.nameOf(gateway, reference.modelId),
      gatewayName: gateway.name,
      ...(description.reasoning !== undefined && { reasoning: description.reasoning }),
      ...requestPriceOf(description),
    };
  }

  /** What the chosen model can be asked for if it makes pictures, video or music. */
  private generation(): GenerationOffer | undefined {
    const reference = this.choice.current();
    const gateway = reference === undefined ? undefined : this.gateways.find(reference.gatewayId);
    if (reference === undefined || gateway === undefined) return undefined;
    const kind = this.catalogue.kindOf(gateway, reference.modelId);
    const generated = generatedKinds.find((one) => one === kind);
    return generated && offerFor(generated, reference.modelId, gateway.baseUrl);
  }

  /** The hosted presets, then the gateways that the user added. The page asks for local servers separately. */
  private cards(ready: ReadonlySet<string>): GatewayCard[] {
    const isHidden = (id: string): boolean => this.gateways.find(id)?.hidden === true;
    const hosted = gatewayPresets.filter((preset) => !preset.local && !isHidden(preset.id));
    const added = this.gateways
      .all()
      .filter(
        ({ id, configured, hidden }) => configured && !hidden && !hosted.some((preset) => preset.id === id),
      );
    return [
      ...hosted.map((preset) => ({
        id: preset.id,
        name: preset.name,
        description: presetDescription(preset.id, vscode.l10n.t),
        ready: ready.has(preset.id),
        ...(preset.keyPage !== undefined && { keyPage: preset.keyPage }),
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

function chips(attachments: readonly Attachment[], plan: PromptPlan | undefined): readonly AttachmentChip[] {
  return attachments.map((attachment) => attachmentChip(attachment, tokensOfPart(plan, attachment.id)));
}

/** The tokens of the part with this id; null if the plan has no such part. */
function tokensOfPart(plan: PromptPlan | undefined, id: string): number | null {
  return plan?.record.parts.find((part) => part.id === id)?.tokens ?? null;
}
