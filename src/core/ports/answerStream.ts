import type { Ending } from '../../shared/answer/ending';
import type { Media } from '../../shared/answer/media';
import type { Retry } from '../../shared/answer/retry';
import type { Source } from '../../shared/answer/source';
import type { Token } from '../../shared/answer/token';
import type { ToolCall } from '../../shared/answer/toolCall';
import type { Usage } from '../../shared/answer/usage';

/**
 * A piece of an answer, as the tolerant reader understood it. `choice` tells which of `n` answers it
 * belongs to; it is absent for the first.
 */
export type StreamPart =
  | { readonly kind: 'text'; readonly text: string; readonly choice?: number }
  | { readonly kind: 'reasoning'; readonly text: string; readonly choice?: number }
  /**
   * The last `length` characters of text were reasoning: a model whose prompt opened the thinking shows that only when it
   * closes it. They become the end of the reasoning.
   */
  | { readonly kind: 'text-was-reasoning'; readonly length: number; readonly choice?: number }
  | { readonly kind: 'media'; readonly media: Media; readonly choice?: number }
  /** Pages that the answer refers to; those with a number that came before bring what was not known of them. */
  | { readonly kind: 'sources'; readonly sources: readonly Source[]; readonly choice?: number }
  /** How much of the prompt is read, in tokens. Comes before the first piece of the answer. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[]; readonly choice?: number }
  /** A whole call: its deltas are assembled. Comes at the end of the answer, also when the call was cut. */
  | { readonly kind: 'tool-call'; readonly call: ToolCall; readonly choice?: number }
  /** The finish reason of a choice other than the first, whose own is in `ended`. */
  | { readonly kind: 'choice-finished'; readonly choice: number; readonly finishReason: string }
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** The model that the gateway names in its reply; sent once. */
  | { readonly kind: 'served-model'; readonly modelId: string }
  /** The request failed before its first token and is about to be sent again. */
  | { readonly kind: 'retrying'; readonly retry: Retry }
  /** The gateway refused a part of the request, which is sent again without it. */
  | { readonly kind: 'adapted'; readonly part: string }
  /** Always the last part, and always there. */
  | { readonly kind: 'ended'; readonly ending: Ending };

/**
 * The parts of one answer, in batches: all that one read of the socket held. Iterating never
 * throws; whatever happens, the very last part is one `ended`. While the consumer does not ask for
 * the next batch, the socket is paused.
 */
export interface AnswerStream extends AsyncIterable<readonly StreamPart[]> {
  /** Closes the socket. The stream then ends with `cancelled`, unless it already had an end. */
  cancel(): void;
}
