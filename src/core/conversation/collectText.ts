import type { Ending } from '../../shared/answer/ending';
import type { AnswerStream } from '../ports/answerStream';

/**
 * The text of an answer that only Parley reads. Empty when it failed, when the connection or a filter cut it, or when it is
 * longer than `limit` in UTF-16 units.
 */
export async function collectText(stream: AnswerStream, limit: number): Promise<string> {
  let text = '';
  let completed = false;
  for await (const parts of stream) {
    for (const part of parts) {
      if (part.kind === 'text' && part.choice === undefined) text += part.text;
      if (part.kind === 'text-was-reasoning' && part.choice === undefined) {
        text = text.slice(0, Math.max(0, text.length - part.length));
      }
      if (text.length > limit) stream.cancel();
      if (part.kind === 'ended') completed = saysEnough(part.ending);
    }
  }
  return completed && text.length <= limit ? text.trim() : '';
}

/** True for a whole answer, and for one that reached its output limit: what came is what the model says first. */
export function saysEnough(ending: Ending | null): boolean {
  if (ending?.outcome === 'truncated') return ending.failure.kind === 'output-limit';
  return ending?.outcome === 'completed';
}
