import type { Ending } from '../../shared/answer/ending';
import type { Usage } from '../../shared/answer/usage';
import type { AnswerStream } from '../ports/answerStream';
import type { PromptMessage } from '../ports/promptMessage';
import type { ToolDefinition } from '../ports/toolRunner';

/** A question that a check asks: short, and about nothing of the user's. */
export interface CheckQuestion {
  readonly messages: readonly PromptMessage[];
  /** Request fields that make the question. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tools?: readonly ToolDefinition[];
}

/** What came of a question. */
export interface CheckAnswer {
  readonly text: string;
  /** Milliseconds from asking to the first piece of text, reasoning or media; undefined when there was none. */
  readonly firstPieceAfter: number | undefined;
  readonly usage: Usage | undefined;
  readonly servedModel: string | undefined;
  readonly toolCalls: number;
  /** How many of `n` answers brought something. */
  readonly choices: number;
  readonly tokens: number;
  /** Parts of the question that the gateway refused and that were left out. */
  readonly adaptations: readonly string[];
  readonly ending: Ending;
}

/** An answer to a check's question is a few words; more characters than this are not listened to. */
const mostHeard = 100_000;

/** One red pixel, the smallest picture that has something to be asked about. */
const redPixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const ask = (text: string): readonly PromptMessage[] => [{ role: 'user', content: text }];

/** The questions by what they find out. */
export const checkQuestions = {
  answer: { messages: ask('Count from one to five, in words.'), parameters: {} },
  tools: {
    messages: ask('Call the function report_number with the number 7.'),
    parameters: {},
    tools: [
      {
        name: 'report_number',
        description: 'Takes a number down.',
        parameters: {
          type: 'object',
          properties: { number: { type: 'number' } },
          required: ['number'],
        },
      },
    ],
  },
  vision: {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Which colour is this picture? Answer with one English word.' },
          { type: 'image_url', image_url: { url: redPixel } },
        ],
      },
    ],
    parameters: {},
  },
  choices: { messages: ask('Say hello.'), parameters: { n: 2 } },
  logProbabilities: { messages: ask('Say hello.'), parameters: { logprobs: true, top_logprobs: 2 } },
} satisfies Readonly<Record<string, CheckQuestion>>;

/** Reads an answer to its end, or until it is longer than any answer to a short question. */
export async function hearAnswer(stream: AnswerStream, now: () => number): Promise<CheckAnswer> {
  const askedAt = now();
  let text = '';
  let heard = 0;
  let firstPieceAfter: number | undefined;
  let usage: Usage | undefined;
  let servedModel: string | undefined;
  let toolCalls = 0;
  let tokens = 0;
  const adaptations: string[] = [];
  let ending: Ending = { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };
  const choices = new Set<number>();
  for await (const parts of stream) {
    for (const part of parts) {
      switch (part.kind) {
        case 'text':
        case 'reasoning':
        case 'media':
          firstPieceAfter ??= now() - askedAt;
          choices.add(part.choice ?? 0);
          if (part.kind === 'text' && (part.choice ?? 0) === 0) text += part.text;
          if (part.kind !== 'media') heard += part.text.length;
          if (heard > mostHeard) stream.cancel();
          break;
        case 'tokens':
          tokens += part.tokens.length;
          break;
        case 'tool-call':
          toolCalls += 1;
          break;
        case 'usage':
          usage = part.usage;
          break;
        case 'served-model':
          servedModel = part.modelId;
          break;
        case 'ended':
          ending = part.ending;
          break;
        case 'text-was-reasoning':
          if ((part.choice ?? 0) === 0) text = text.slice(0, Math.max(0, text.length - part.length));
          break;
        case 'choice-finished':
        case 'retrying':
        case 'progress':
        case 'sources':
          break;
        case 'adapted':
          adaptations.push(part.part);
          break;
      }
    }
  }
  if (heard > mostHeard) {
    ending = { outcome: 'truncated', failure: { kind: 'reply-too-large', retryable: false } };
  }
  return {
    text,
    firstPieceAfter,
    usage,
    servedModel,
    toolCalls,
    choices: choices.size,
    tokens,
    adaptations,
    ending,
  };
}
