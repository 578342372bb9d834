import type { Generation } from '../../shared/answer/generation';
import type { Failure } from '../../shared/failure/failure';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { Pricing } from '../models/modelPrices';
import type { Route } from '../models/route';

/** A text of the system message. */
export interface InstructionText {
  /** `settings`: the setting `parley.instructions`. `file`: a file of the workspace. `chat`: the system text of the chat. */
  readonly source: 'settings' | 'file' | 'chat';
  /** Id of the file's chip, and its path; '' for the other sources. */
  readonly id: string;
  readonly name: string;
  /** As it is sent. */
  readonly text: string;
  /** True when the end of the file was cut. */
  readonly truncated: boolean;
}

/** A model with all that a prompt for it needs, read from the settings at the moment of asking. */
export interface Target {
  readonly model: ModelReference;
  /** The model's name in the panel. */
  readonly modelName: string;
  /** The texts of the system message, in order. */
  readonly instructions: readonly InstructionText[];
  /** Tokens of prompt and answer together, known or estimated; null when unknown. */
  readonly contextWindow: number | null;
  /**
   * A longer prompt is not sent, in tokens. From the settings or the gateway itself, never an estimate; null for no limit.
   * Absent: the limit is `contextWindow`, unless that is only the usual value of the model's family.
   */
  readonly promptLimit?: number | null;
  /** Most tokens of an answer; null when unknown. */
  readonly maxOutput: number | null;
  /** What the model costs at this moment; absent when unknown. */
  readonly pricing?: Pricing;
  /** Whether the model accepts pictures; absent when unknown. */
  readonly takesPictures?: boolean;
  /** For models that make pictures, video or music: what to make. Absent for chat. */
  readonly generation?: Generation;
  /** Where to send the request; or why it cannot be sent: the answer then fails with this failure. */
  readonly route: Route | { readonly failure: Failure };
}
