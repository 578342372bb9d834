import { answerReasoning, answerText } from '../../shared/answer/answerPart';
import type { AssistantMessage } from '../../shared/conversation/conversation';
import type { Route } from '../models/route';
import type { ChatRequest } from '../ports/chatClient';
import type { PromptMessage } from '../ports/promptMessage';
import { askOnce, usableText, type OnceReply } from '../prompt/askOnce';
import type { PromptPlan } from '../prompt/promptPlan';
import type { AutomaticTitlePorts } from './automaticTitle';
import { titleFromModel } from './titleFromPrompt';

/** The chat whose title is requested. */
interface UntitledChat {
  readonly route: Route;
  readonly modelId: string;
  /** The text of the first prompt. */
  readonly prompt: string;
  readonly answer: AssistantMessage;
  /** What the next turn of the chat would send. */
  readonly plan: Pick<PromptPlan, 'messages' | 'budget'>;
}

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

/** Asks the model of an answer for a title, which is '' if the reply has none. In a bundle of its own, which loads with the first title. */
export async function requestTitle(
  { client, tools }: Pick<AutomaticTitlePorts, 'client' | 'tools'>,
  chat: UntitledChat,
  signal: AbortSignal,
): Promise<{
  readonly title: string;
  readonly messages: readonly PromptMessage[];
  readonly reply: OnceReply;
}> {
  const { route, answer } = chat;
  const question = questionFor(chat, tools);
  const reasons = answerReasoning(answer) !== '' || (answer.usage?.reasoningTokens ?? 0) > 0;
  const parameters = { max_tokens: reasons ? titleTokens.reasoning : titleTokens.plain };
  const reply = await askOnce(client, { ...route, parameters }, question, { longestReply }, signal);
  return { title: titleFromModel(usableText(reply)), messages: question.messages, reply };
}

/**
 * Asks as the next turn of the same chat: the server reads the chat from its prompt cache and keeps the cache for the next
 * prompt. A long chat is quoted instead, except on a local server, where a cached prompt costs nothing.
 */
function questionFor(
  { route, modelId, prompt, answer, plan }: UntitledChat,
  tools: AutomaticTitlePorts['tools'],
): Omit<ChatRequest, keyof Route> {
  const isLocal = route.gateway.auth === 'none';
  if (!isLocal && plan.budget.used > longestChat)
    return { modelId, messages: quoteExchange(prompt, answerText(answer)) };
  const definitions = tools?.definitions ?? [];
  return {
    modelId,
    messages: [...plan.messages, { role: 'user', content: instruction }],
    ...(definitions.length > 0 && { tools: definitions }),
  };
}

function quoteExchange(prompt: string, answer: string): PromptMessage[] {
  const content = [
    instruction,
    `Question:\n${prompt.slice(0, longestQuote)}`,
    `Answer:\n${answer.slice(0, longestQuote)}`,
  ];
  return [{ role: 'user', content: content.join('\n\n') }];
}
