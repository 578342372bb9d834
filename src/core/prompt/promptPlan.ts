import type { AssistantMessage, Message, UserMessage } from '../../shared/conversation/conversation';
import { countToDrop, reserveFor, type ContextBudget } from './contextBudget';
import { modelFacts } from '../models/modelFacts';
import { wantsReasoning } from '../models/chooseChatModel';
import type { PromptMessage } from '../ports/promptMessage';
import {
  buildPrompt,
  composeContinuation,
  composePrompt,
  keptPart,
  type ComposedMessage,
  type PromptStyle,
} from './buildPrompt';
import { recordPrompt } from './recordPrompt';
import type { Target } from './target';
import type { TokenCounter } from './tokenCounter';
import type { PromptRecord } from '../../shared/conversation/promptRecord';

/** The token count is an estimate: a prompt is too long only if it exceeds the limit by this factor. */
const tolerance = 1.1;

/** A prompt and its size. */
export interface PromptPlan {
  readonly messages: readonly PromptMessage[];
  readonly budget: ContextBudget;
  /** The parts of the prompt. Their tokens add up to `budget.used`. */
  readonly record: PromptRecord;
  /** True when the prompt exceeds the limit: the gateway would refuse it. */
  readonly isTooLong: boolean;
  /** The longest prompt that is sent, in tokens; null for no limit. */
  readonly limit: number | null;
}

/** Builds the prompt for a path that ends with the prompt or its answer, and measures it against the target's window. */
export function planPrompt(path: readonly Message[], target: Target, counter: TokenCounter): PromptPlan {
  return measure(path, composePrompt(path, styleOf(target)), target, counter);
}

/**
 * Plans the prompt that would be sent after a path.
 *
 * @param next The prompt; null when it has no content yet.
 */
export function planNext(
  path: readonly Message[],
  next: UserMessage | null,
  target: Target,
  counter: TokenCounter,
): PromptPlan {
  const whole = next === null ? path : [...path, next];
  return measure(whole, composePrompt(whole, styleOf(target)), target, counter, next?.id ?? null);
}

/** Plans the request for the rest of a truncated answer. See `composeContinuation`. */
export function planContinuation(
  pathToAnswer: readonly Message[],
  answer: AssistantMessage,
  target: Target,
  counter: TokenCounter,
): PromptPlan {
  return measure(pathToAnswer, composeContinuation(pathToAnswer, answer, styleOf(target)), target, counter);
}

/** @param current Id of the prompt that is sent; by default the last one of the path. */
function measure(
  path: readonly Message[],
  composed: readonly ComposedMessage[],
  target: Target,
  counter: TokenCounter,
  current = path.findLast(({ role }) => role === 'user')?.id ?? null,
): PromptPlan {
  const messages = composed.map(({ message }) => message);
  const used = counter.countPrompt(target.model, messages);
  const window = target.contextWindow;
  const budget: ContextBudget = {
    used,
    reserved: reserveOf(target),
    window,
    dropped: path.length - keptPart(path).kept.length,
  };
  const limit = promptLimitOf(target);
  const tokens = counter.countPieces(target.model, composed);
  const parts = recordPrompt({ path, current, composed, tokens, budget, instructions: target.instructions });
  const { reserved } = budget;
  return {
    messages,
    budget,
    record: { window, reserved, ...parts },
    isTooLong: limit !== null && used > limit * tolerance,
    limit,
  };
}

/** The limit of the user or of the gateway, in tokens. The usual window of the model's family is never a limit. */
function promptLimitOf({ promptLimit, contextWindow, model }: Target): number | null {
  if (promptLimit !== undefined) return promptLimit;
  return contextWindow === modelFacts(model.modelId).contextWindow ? null : contextWindow;
}

/**
 * Counts the oldest messages to leave out so that the rest fits. Without a reliable window, the gateway has just refused the
 * whole prompt; the result then is 60 % of it.
 */
export function planShortening(path: readonly Message[], target: Target, counter: TokenCounter): number {
  const style = styleOf(target);
  const count = (part: readonly Message[]): number =>
    counter.countPrompt(target.model, buildPrompt(part, style));
  const known = target.contextWindow === null ? Infinity : target.contextWindow - reserveOf(target);
  const isReliable = target.contextWindow !== null && promptLimitOf(target) !== null;
  const limit = isReliable ? known : Math.min(known, Math.floor(count(path) * 0.6));
  return countToDrop(path, limit, count);
}

/** The prompt style of a target's model. */
export function styleOf({ instructions, model, takesPictures }: Target): PromptStyle {
  return {
    instructions,
    model,
    wantsReasoning: wantsReasoning(model.modelId),
    ...(takesPictures !== undefined && { takesPictures }),
  };
}

function reserveOf(target: Target): number {
  const parameters = 'failure' in target.route ? {} : target.route.parameters;
  const maxTokens = parameters['max_completion_tokens'] ?? parameters['max_tokens'];
  return reserveFor(target.contextWindow, target.maxOutput ?? undefined, maxTokens);
}
