import type { AnswerStream } from './ports';

/** The text of an answer that only we read; empty when it failed or was cut. */
export async function collectText(stream: AnswerStream): Promise<string> {
  let text = '';
  let completed = false;
  for await (const parts of stream) {
    for (const part of parts) {
      if (part.kind === 'text' && part.choice === undefined) text += part.text;
      if (part.kind === 'ended') completed = part.ending.outcome === 'completed';
    }
  }
  return completed ? text.trim() : '';
}
