import type { AnswerStream } from './ports';

/** The text of an answer that only we read; empty when it failed, was cut, or is longer than `limit` in UTF-16 units. */
export async function collectText(stream: AnswerStream, limit: number): Promise<string> {
  let text = '';
  let completed = false;
  for await (const parts of stream) {
    for (const part of parts) {
      if (part.kind === 'text' && part.choice === undefined) text += part.text;
      if (text.length > limit) stream.cancel();
      if (part.kind === 'ended') completed = part.ending.outcome === 'completed';
    }
  }
  return completed && text.length <= limit ? text.trim() : '';
}
