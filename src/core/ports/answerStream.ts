import type { Ending } from '../../shared/answer/ending';
import type { TaskAction } from '../../shared/answer/generation';
import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { Media } from '../../shared/answer/media';
import type { Retry } from '../../shared/answer/retry';
import type { Source } from '../../shared/answer/source';
import type { Task, TaskState } from '../../shared/answer/task';
import type { Token } from '../../shared/answer/token';
import type { ToolCall } from '../../shared/answer/toolCall';
import type { Usage } from '../../shared/answer/usage';

/** One part of an answer stream. `choice` is the index of the answer among `n`, counted from 0; absent for the first. */
export type StreamPart =
  | { readonly kind: 'text'; readonly text: string; readonly choice?: number }
  | { readonly kind: 'reasoning'; readonly text: string; readonly choice?: number }
  /**
   * The last `length` UTF-16 units of text were reasoning and move to the end of the reasoning. Happens when the chat template
   * opens the reasoning: the reader learns this only from the closing mark.
   */
  | { readonly kind: 'text-was-reasoning'; readonly length: number; readonly choice?: number }
  | { readonly kind: 'media'; readonly media: Media; readonly choice?: number }
  /** Pages that the answer cites. A source with a known number adds fields to the earlier one. */
  | { readonly kind: 'sources'; readonly sources: readonly Source[]; readonly choice?: number }
  /** How much of the prompt the server has processed, in tokens. Only before the first piece of the answer. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  /** The gateway accepted work that it does later. Comes before the first question about it. */
  | { readonly kind: 'task-submitted'; readonly task: Task }
  /** `percent` is from 0 to 100, null if unknown, and never goes back. */
  | { readonly kind: 'task-progressed'; readonly state: TaskState; readonly percent: number | null }
  /** An unfinished picture, which replaces the one before. */
  | { readonly kind: 'preview'; readonly media: Media }
  | { readonly kind: 'task-actions'; readonly actions: readonly TaskAction[] }
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[]; readonly choice?: number }
  /**
   * The model began to write a tool call, or wrote more of its name; `name` is all of it so far. `index` counts the calls of
   * the reply from 0.
   */
  | {
      readonly kind: 'tool-call-started';
      readonly index: number;
      readonly name: string;
      readonly choice?: number;
    }
  /** A delta of the arguments of a call that began. For showing only: the whole call has the arguments that count. */
  | {
      readonly kind: 'tool-call-arguments';
      readonly index: number;
      readonly text: string;
      readonly choice?: number;
    }
  /** A tool call, assembled from its deltas. Comes at the end of the answer, also when the call was truncated. */
  | { readonly kind: 'tool-call'; readonly call: ToolCall; readonly index?: number; readonly choice?: number }
  /** The reasoning of an answer that calls a tool, for the request with the result. Comes at the end of the answer. */
  | { readonly kind: 'kept-reasoning'; readonly items: KeptReasoning }
  /** The finish reason of a choice other than the first. That of the first is in `ended`. */
  | { readonly kind: 'choice-finished'; readonly choice: number; readonly finishReason: string }
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** The model that the gateway names in its reply. Sent once. */
  | { readonly kind: 'served-model'; readonly modelId: string }
  /** The request failed before its first token and is about to be sent again. */
  | { readonly kind: 'retrying'; readonly retry: Retry }
  /** The gateway refused an unsupported parameter; the request is sent again without it. */
  | { readonly kind: 'adapted'; readonly part: string }
  /** The last part of every stream. */
  | { readonly kind: 'ended'; readonly ending: Ending };

/**
 * The parts of one answer in batches; a batch holds what one read of the socket brought. Iterating never throws. The last part
 * is always `ended`, and there is exactly one. The socket is paused until the consumer asks for the next batch.
 */
export interface AnswerStream extends AsyncIterable<readonly StreamPart[]> {
  /** True if the parts come from the journal, where another window has written them. */
  readonly isStored?: boolean;
  /** Closes the socket. The stream then ends with `cancelled`, unless it has already ended. */
  cancel(): void;
}
