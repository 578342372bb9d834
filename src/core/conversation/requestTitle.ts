import { answerReasoning, answerText } from '../../shared/answer/answerPart';
import type { AssistantMessage, Message } from '../../shared/conversation/conversation';
import type { EventOf } from '../../shared/conversation/conversationEvent';
import type { Route } from '../models/route';
import type { ChatRequest } from '../ports/chatClient';
import type { PromptMessage } from '../ports/promptMessage';
import { askOnce, usableText } from '../prompt/askOnce';
import { userText } from '../prompt/buildPrompt';
import { planPrompt } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import type { AutomaticTitlePorts } from './automaticTitle';
import { countBackgroundRequest } from './countBackgroundRequest';
import { titleFromModel } from './titleFromPrompt';

/** What a request for a title needs. */
type TitleRequestPorts = Pick<AutomaticTitlePorts, 'client' | 'counter' | 'now' | 'tools'>;

/** How much of a long prompt and of its answer is quoted to the model, in UTF-16 units each. */
const longestQuote = 2_000;
/** A longer reply, in UTF-16 units, is not a title. */
const longestReply = 2_000;
/** Most tokens of a title; a model that reasons first needs more. */
const titleTokens = { plain: 64, reasoning: 2_000 };
/** A longer chat, in tokens, is quoted instead of sent again: not every gateway charges less for a cached prompt. */
const longestChat = 6_000;

const instruction =
  'Write a title for this conversation: three to seven words, in the language of the question, no quotation marks, no full stop. Reply with the title alone.';

/**
 * Asks the model of an answer for a title. In a bundle of its own, which loads with the first title.
 *
 * @param path The messages up to and including the answer.
 * @returns The title, or '' if the reply has none, and the events that count the request; undefined if nothing was requested.
 */
export async function requestTitle(
  ports: TitleRequestPorts,
  path: readonly Message[],
  answer: AssistantMessage,
  target: Target,
  signal: AbortSignal,
): Promise<
  { readonly title: string; readonly counted: readonly EventOf<'background-requested'>[] } | undefined
> {
  const { client, counter, now } = ports;
  const { route, model, pricing } = target;
  const question = questionFor(ports, path, answer, target);
  if ('failure' in route || question === undefined) return undefined;
  const reasons = answerReasoning(answer) !== '' || (answer.usage?.reasoningTokens ?? 0) > 0;
  const parameters = { max_tokens: reasons ? titleTokens.reasoning : titleTokens.plain };
  const reply = await askOnce(client, { ...route, parameters }, question, { longestReply }, signal);
  const { messages } = question;
  const request = { purpose: 'title', model, pricing, messages, reply } as const;
  return {
    title: titleFromModel(usableText(reply)),
    counted: countBackgroundRequest(request, counter, now()),
  };
}

/**
 * Asks as the next turn of the same chat: the server reads the chat from its prompt cache and keeps the cache for the next
 * prompt. A long chat is quoted instead, except on a local server, where a cached prompt costs nothing.
 */
function questionFor(
  { counter, tools }: TitleRequestPorts,
  path: readonly Message[],
  answer: AssistantMessage,
  target: Target,
): Omit<ChatRequest, keyof Route> | undefined {
  const { modelId } = target.model;
  const { messages, budget } = planPrompt(path, target, counter);
  const isLocal = 'gateway' in target.route && target.route.gateway.auth === 'none';
  if (isLocal || budget.used <= longestChat) {
    const definitions = tools?.definitions ?? [];
    return {
      modelId,
      messages: [...messages, { role: 'user', content: instruction }],
      ...(definitions.length > 0 && { tools: definitions }),
    };
  }
  const [prompt] = path;
  return prompt?.role === 'user'
    ? { modelId, messages: quoteExchange(userText(prompt), answerText(answer)) }
    : undefined;
}

function quoteExchange(prompt: string, answer: string): PromptMessage[] {
  const content = [
    instruction,
    `Question:\n${prompt.slice(0, longestQuote)}`,
    `Answer:\n${answer.slice(0, longestQuote)}`,
  ];
  return [{ role: 'user', content: content.join('\n\n') }];
}
