import type { Ending } from '../../shared/answer/ending';
import type { Usage } from '../../shared/answer/usage';
import type { Route } from '../models/route';
import type { ChatClient } from '../ports/chatClient';
import type { PromptMessage } from '../ports/promptMessage';
import type { ToolDefinition } from '../ports/toolRunner';
import { askOnce } from '../prompt/askOnce';

/** A question of a check. It is short and contains nothing of the user's. */
export interface CheckQuestion {
  readonly messages: readonly PromptMessage[];
  /** Request fields of this question, in addition to those of the route. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tools?: readonly ToolDefinition[];
}

/** A measured answer to a question of a check. */
export interface CheckAnswer {
  /** The text of the first choice. */
  readonly text: string;
  /** Milliseconds until the first piece of text, reasoning or media; undefined when there was none. */
  readonly firstPieceAfter: number | undefined;
  readonly usage: Usage | undefined;
  /** True if the answer has reasoning, or the gateway counted some. */
  readonly thinks: boolean;
  /** The model that the gateway names in its reply. */
  readonly servedModel: string | undefined;
  /** Number of tool calls. */
  readonly toolCalls: number;
  /** Number of choices with content. */
  readonly choices: number;
  /** Number of tokens with a probability. */
  readonly tokens: number;
  /** Parts of the request that the gateway refused and that the client left out. */
  readonly unsupportedParameters: readonly string[];
  readonly ending: Ending;
}

/** Longest answer that is read, in UTF-16 units. An answer to a question of a check has a few words. */
const longestReply = 100_000;

/** A picture of one red pixel, as small as a picture with a color can be. */
const redPixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const ask = (text: string): readonly PromptMessage[] => [{ role: 'user', content: text }];

/** The questions, by the feature that they test. */
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
          { type: 'text', text: 'Which color is this picture? Answer with one English word.' },
          { type: 'image_url', image_url: { url: redPixel } },
        ],
      },
    ],
    parameters: {},
  },
  choices: { messages: ask('Say hello.'), parameters: { n: 2 } },
  logProbabilities: { messages: ask('Say hello.'), parameters: { logprobs: true, top_logprobs: 2 } },
} satisfies Readonly<Record<string, CheckQuestion>>;

/** What a check's questions are asked with. */
export interface CheckConnection {
  readonly client: Pick<ChatClient, 'ask'>;
  readonly route: Route;
  readonly modelId: string;
  /** Milliseconds since any fixed point in time. */
  readonly now: () => number;
  /** Cancels the question when it is aborted. */
  readonly signal: AbortSignal;
}

/** Sends a question of a check and measures the answer. Never rejects; see `CheckAnswer.ending`. */
export async function askCheckQuestion(
  { client, route, modelId, now, signal }: CheckConnection,
  { messages, parameters, tools }: CheckQuestion,
): Promise<CheckAnswer> {
  const askedAt = now();
  const choices = new Set<number>();
  const unsupportedParameters: string[] = [];
  let firstPieceAfter: number | undefined;
  let usage: Usage | undefined;
  let servedModel: string | undefined;
  let toolCalls = 0;
  let tokens = 0;
  let reasoningParts = 0;
  const { text, ending } = await askOnce(
    client,
    { ...route, parameters: { ...route.parameters, ...parameters } },
    { modelId, messages, ...(tools !== undefined && { tools }) },
    { longestReply },
    signal,
    (part) => {
      if (part.kind === 'text' || part.kind === 'reasoning' || part.kind === 'media') {
        firstPieceAfter ??= now() - askedAt;
        choices.add(part.choice ?? 0);
      }
      if (part.kind === 'tokens') tokens += part.tokens.length;
      if (part.kind === 'tool-call') toolCalls += 1;
      if (part.kind === 'usage') usage = part.usage;
      if (part.kind === 'reasoning' || part.kind === 'text-was-reasoning') reasoningParts += 1;
      if (part.kind === 'served-model') servedModel = part.modelId;
      if (part.kind === 'adapted') unsupportedParameters.push(part.part);
    },
  );
  return {
    text,
    firstPieceAfter,
    usage,
    thinks: reasoningParts > 0 || (usage?.reasoningTokens ?? 0) > 0,
    servedModel,
    toolCalls,
    choices: choices.size,
    tokens,
    unsupportedParameters,
    ending,
  };
}
