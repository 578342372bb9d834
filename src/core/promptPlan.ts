import type { Message } from '../shared/conversation';
import { countToDrop, reserveFor, type ContextBudget } from './contextBudget';
import { wantsReasoning } from './models';
import type { PromptMessage } from './ports';
import { buildPrompt, keptPart, type PromptStyle } from './prompt';
import type { Target } from './target';
import type { TokenCounter } from './tokenCounter';

/** A prompt and how it fits. */
export interface PromptPlan {
  readonly messages: readonly PromptMessage[];
  readonly budget: ContextBudget;
  /** True when the prompt alone is longer than the window: sending it would be in vain. */
  readonly isTooLong: boolean;
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
  return { messages, budget, isTooLong: window !== null && used > window };
}

/**
 * How many of the oldest messages have to go for the rest to fit. Where the window is not known, a
 * gateway has just refused the whole, and what is tried next is little more than half of it.
 */
export function planShortening(path: readonly Message[], target: Target, counter: TokenCounter): number {
  const style = styleOf(target);
  const count = (part: readonly Message[]): number =>
    counter.countPrompt(target.model, buildPrompt(part, style));
  const limit =
    target.contextWindow === null ? Math.floor(count(path) * 0.6) : target.contextWindow - reserveOf(target);
  return countToDrop(path, limit, count);
}

/** How the target's model wants to be asked. */
export function styleOf({ instructions, model }: Target): PromptStyle {
  return { instructions, wantsReasoning: wantsReasoning(model.modelId) };
}

function reserveOf(target: Target): number {
  const parameters = 'failure' in target.route ? {} : target.route.parameters;
  const maxTokens = parameters['max_completion_tokens'] ?? parameters['max_tokens'];
  return reserveFor(target.contextWindow, target.maxOutput ?? undefined, maxTokens);
}
