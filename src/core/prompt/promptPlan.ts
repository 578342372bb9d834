import type { Message } from '../../shared/conversation/conversation';
import { countToDrop, reserveFor, type ContextBudget } from './contextBudget';
import { modelFacts } from '../models/modelFacts';
import { wantsReasoning } from '../models/chooseChatModel';
import type { PromptMessage } from '../ports/promptMessage';
import { buildPrompt, keptPart, type PromptStyle } from './buildPrompt';
import type { Target } from './target';
import type { TokenCounter } from './tokenCounter';

/** Our count of tokens is an estimate: only a prompt that is longer than the limit by more than this is surely too long. */
const tolerance = 1.1;

/** A prompt and how it fits. */
export interface PromptPlan {
  readonly messages: readonly PromptMessage[];
  readonly budget: ContextBudget;
  /** True when the prompt alone is longer than the gateway or the user allows: sending it would be in vain. */
  readonly isTooLong: boolean;
  /** The longest prompt that is sent, in tokens; null for no limit. */
  readonly limit: number | null;
}

/** Builds the prompt for a path and measures it against the target's window. */
export function planPrompt(path: readonly Message[], target: Target, counter: TokenCounter): PromptPlan {
  const messages = buildPrompt(path, styleOf(target));
  const used = counter.countPrompt(target.model, messages);
  const window = target.contextWindow;
  const budget: ContextBudget = {
    used,
    reserved: reserveOf(target),
    window,
    dropped: path.length - keptPart(path).kept.length,
  };
  const limit = promptLimitOf(target);
  return { messages, budget, isTooLong: limit !== null && used > limit * tolerance, limit };
}

/** What the user or the gateway says, in tokens. A window that is only known of the model's family stops no prompt. */
function promptLimitOf({ promptLimit, contextWindow, model }: Target): number | null {
  if (promptLimit !== undefined) return promptLimit;
  return contextWindow === modelFacts(model.modelId).contextWindow ? null : contextWindow;
}

/**
 * How many of the oldest messages have to go for the rest to fit. Where the window is not known for sure, a gateway has just
 * refused the whole, and what is tried next is little more than half of it.
 */
export function planShortening(path: readonly Message[], target: Target, counter: TokenCounter): number {
  const style = styleOf(target);
  const count = (part: readonly Message[]): number =>
    counter.countPrompt(target.model, buildPrompt(part, style));
  const known = target.contextWindow === null ? Infinity : target.contextWindow - reserveOf(target);
  const isSure = target.contextWindow !== null && promptLimitOf(target) !== null;
  const limit = isSure ? known : Math.min(known, Math.floor(count(path) * 0.6));
  return countToDrop(path, limit, count);
}

/** How the target's model wants to be asked. */
export function styleOf({ instructions, model, takesPictures }: Target): PromptStyle {
  return {
    instructions,
    wantsReasoning: wantsReasoning(model.modelId),
    ...(takesPictures !== undefined && { takesPictures }),
  };
}

function reserveOf(target: Target): number {
  const parameters = 'failure' in target.route ? {} : target.route.parameters;
  const maxTokens = parameters['max_completion_tokens'] ?? parameters['max_tokens'];
  return reserveFor(target.contextWindow, target.maxOutput ?? undefined, maxTokens);
}
