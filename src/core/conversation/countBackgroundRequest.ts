import type { BackgroundRequest } from '../../shared/conversation/backgroundRequest';
import type { EventOf } from '../../shared/conversation/conversationEvent';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { Pricing } from '../models/modelPrices';
import { withCost } from '../models/withCost';
import type { PromptMessage } from '../ports/promptMessage';
import type { OnceReply } from '../prompt/askOnce';
import type { TokenCounter } from '../prompt/tokenCounter';

/** A request that Parley made by itself, and its reply. */
interface CountedRequest {
  readonly purpose: BackgroundRequest['purpose'];
  readonly model: ModelReference;
  /** What the model costs; absent when unknown. */
  readonly pricing?: Pricing | undefined;
  readonly messages: readonly PromptMessage[];
  readonly reply: OnceReply;
}

/**
 * The event that counts a request which Parley made by itself. Without counts of the gateway, the tokens are estimated, also for
 * a request that was cancelled: the gateway has read the prompt.
 *
 * @param at Milliseconds since the epoch.
 * @returns No event for a request that failed without a count.
 */
export function countBackgroundRequest(
  { purpose, model, pricing, messages, reply }: CountedRequest,
  counter: TokenCounter,
  at: number,
): EventOf<'background-requested'>[] {
  if (reply.usage === null && reply.ending.outcome === 'failed') return [];
  const counted = reply.usage ?? estimate(model, messages, reply.text, counter);
  return [{ kind: 'background-requested', request: { purpose, usage: withCost(counted, pricing) }, at }];
}

function estimate(
  model: ModelReference,
  messages: readonly PromptMessage[],
  text: string,
  counter: TokenCounter,
): BackgroundRequest['usage'] {
  const promptTokens = counter.countPrompt(model, messages);
  const completionTokens = counter.countText(model, text);
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true };
}
