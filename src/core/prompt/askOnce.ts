import type { Ending } from '../../shared/answer/ending';
import type { Usage } from '../../shared/answer/usage';
import type { Route } from '../models/route';
import type { StreamPart } from '../ports/answerStream';
import type { ChatClient, ChatRequest } from '../ports/chatClient';

/** What bounds a question that Parley asks for itself. */
interface AskLimits {
  /** A request is cancelled when its text is longer, in UTF-16 units of all choices together. */
  readonly longestReply: number;
}

/** A request is cancelled when its reasoning is longer, in UTF-16 units of all choices together. */
const longestReasoning = 500_000;

/** The reply to such a question. */
export interface OnceReply {
  /** The text of the first choice, as far as it came. */
  readonly text: string;
  /** `truncated` with the failure `reply-too-large` when the reply was longer than its limit. */
  readonly ending: Ending;
  /** The tokens that the gateway counted; null when it sent no counts. */
  readonly usage: Usage | null;
}

/**
 * Sends one request that belongs to no conversation (a title, a summary, an exact edit, a check of a gateway) and reads the
 * whole reply. Never rejects; see `OnceReply.ending`.
 *
 * @param question What to send. The tools that the reply calls are not run.
 * @param signal Cancels the request when it is aborted.
 * @param onPart Called for each part of the stream, before the part is added to the reply.
 * @param onText Called with the text so far when a read of the stream has changed it.
 */
export async function askOnce(
  client: Pick<ChatClient, 'ask'>,
  route: Route,
  question: Omit<ChatRequest, keyof Route>,
  { longestReply }: AskLimits,
  signal: AbortSignal,
  onPart?: (part: StreamPart) => void,
  onText?: (text: string) => void,
): Promise<OnceReply> {
  const stream = client.ask({ ...route, ...question });
  const cancel = (): void => {
    stream.cancel();
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  const length = { text: 0, reasoning: 0 };
  const isTooLong = (): boolean => length.text > longestReply || length.reasoning > longestReasoning;
  let text = '';
  let usage: Usage | null = null;
  let ending: Ending = { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };
  try {
    for await (const parts of stream) {
      const before = text;
      for (const part of parts) {
        onPart?.(part);
        const isFirstChoice = !('choice' in part) || part.choice === 0;
        if (part.kind === 'text') {
          length.text += part.text.length;
          if (isFirstChoice) text += part.text;
        } else if (part.kind === 'reasoning') {
          length.reasoning += part.text.length;
        } else if (part.kind === 'text-was-reasoning') {
          if (isFirstChoice) text = text.slice(0, Math.max(0, text.length - part.length));
        } else if (part.kind === 'usage') {
          usage = part.usage;
        } else if (part.kind === 'ended') {
          ending = part.ending;
        }
        if (isTooLong()) cancel();
      }
      if (text !== before) onText?.(text);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  if (!isTooLong()) return { text, ending, usage };
  return {
    text,
    usage,
    ending: { outcome: 'truncated', failure: { kind: 'reply-too-large', retryable: false } },
  };
}

/** The trimmed text of a reply; '' when the reply failed or was cut by something other than its output limit. */
export function usableText({ text, ending }: Pick<OnceReply, 'text' | 'ending'>): string {
  return isUsable(ending) ? text.trim() : '';
}

/** True for a complete answer, and for one that reached its output limit: its beginning is what the model wanted to say first. */
export function isUsable(ending: Ending | null): boolean {
  return (
    ending?.outcome === 'completed' ||
    (ending?.outcome === 'truncated' && ending.failure.kind === 'output-limit')
  );
}
