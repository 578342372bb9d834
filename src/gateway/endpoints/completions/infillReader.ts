import { asCount, asObject, plainText } from '../../json/replyObject';
import { emptyChoice, readChunk, silent, type Chunk } from '../../reply/chunk';
import type { ReplyFormat } from '../../reply/replyFormat';

/**
 * Reads replies of llama.cpp's `/infill`: `{content, stop, stop_type, tokens_predicted, tokens_evaluated}`, as one object or as a
 * stream of them.
 */
export class InfillReader implements ReplyFormat {
  read(value: unknown): Chunk {
    const event = asObject(value);
    if (typeof event?.content !== 'string' || event.choices !== undefined) return readChunk(value);
    const isLast = event.stop === true;
    const promptTokens = asCount(event.tokens_evaluated);
    const completionTokens = asCount(event.tokens_predicted);
    return {
      ...silent,
      choices: [
        {
          ...emptyChoice,
          text: event.content,
          finishReason: isLast ? finishReasonOf(plainText(event.stop_type)) : undefined,
        },
      ],
      usage:
        isLast && promptTokens !== undefined && completionTokens !== undefined
          ? { promptTokens, completionTokens }
          : undefined,
      isChat: true,
      isOver: isLast,
    };
  }

  keptReasoning(): undefined {
    return undefined;
  }
}

function finishReasonOf(stopType: string): string {
  return stopType === 'limit' ? 'length' : 'stop';
}
