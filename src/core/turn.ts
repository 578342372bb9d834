import type { ConversationEvent } from '../shared/events';
import type { Ending } from '../shared/ending';
import type { Usage } from '../shared/usage';
import type { AnswerStream, StreamPart } from './ports';

/**
 * Turns one answer's stream into events, batch by batch, and always ends with `answer-ended`. The
 * next batch is asked for only after `emit` has returned, which is what keeps the socket's
 * backpressure.
 */
export async function runTurn(
  stream: AnswerStream,
  answer: { readonly id: string; readonly requestedModel: string },
  emit: (events: readonly ConversationEvent[]) => void,
  now: () => number,
): Promise<void> {
  let usage: Usage | null = null;
  let servedModel: string | null = null;
  let ending: Ending | undefined;
  for await (const parts of stream) {
    const events: ConversationEvent[] = [];
    const at = now();
    for (const part of parts) {
      switch (part.kind) {
        case 'text':
          events.push({ kind: 'text-appended', id: answer.id, text: part.text, at });
          break;
        case 'reasoning':
          events.push({ kind: 'reasoning-appended', id: answer.id, text: part.text, at });
          break;
        case 'media':
          events.push({ kind: 'media-added', id: answer.id, media: part.media, at });
          break;
        case 'tokens':
          events.push({ kind: 'tokens-appended', id: answer.id, tokens: [...part.tokens], at });
          break;
        case 'tool-call':
          events.push({ kind: 'tool-called', id: answer.id, call: part.call, at });
          break;
        case 'retrying':
          events.push({ kind: 'retry-scheduled', id: answer.id, retry: part.retry, at });
          break;
        case 'adapted':
          events.push({ kind: 'request-adapted', id: answer.id, part: part.part, at });
          break;
        case 'choice-finished':
          break;
        case 'usage':
          usage = part.usage;
          break;
        case 'served-model':
          servedModel = part.modelId === answer.requestedModel ? null : part.modelId;
          break;
        case 'ended':
          ending = part.ending;
          break;
      }
    }
    if (events.length > 0) emit(events);
  }
  const end = ending ?? { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };
  emit([{ kind: 'answer-ended', id: answer.id, ending: end, usage, servedModel, at: now() }]);
}

/** A stream that has failed before it began; lets a refusal take the same way as an answer. */
export function failedStream(ending: Ending): AnswerStream {
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
      yield await Promise.resolve([{ kind: 'ended', ending }]);
    },
    cancel: () => undefined,
  };
}
