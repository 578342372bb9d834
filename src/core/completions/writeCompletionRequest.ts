import type { Usage } from '../../shared/answer/usage';
import type { Gateway } from '../models/gateway';
import type { Timeouts } from '../models/route';
import type { CompletionForm, CompletionRequest } from '../ports/completionClient';
import type { CompletionPlace } from './completionPlace';
import type { CompletionShape } from './completionShape';
import { countTokens, cutAfter, cutBefore } from './cutBefore';
import { traitsOf } from './traitsOf';
import { writeRelated, type RelatedText } from './relatedTexts';

/** The model that completes, and how it is asked. */
export interface CompletionTarget {
  readonly gateway: Gateway;
  readonly modelId: string;
  readonly timeouts: Timeouts;
  readonly form: CompletionForm;
  /** The model's context window in tokens; undefined if unknown. */
  readonly contextWindow: number | undefined;
}

/** The tokens of one request. */
export interface CompletionUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** True if the gateway sent no counts. */
  readonly isEstimated: boolean;
}

/** The most tokens of texts from elsewhere. */
export const mostRelatedTokens = 600;
/** The most tokens of the text before and after the cursor. */
const mostBefore = 1_000;
const mostAfter = 400;
/** The most tokens of a completion, by its shape. */
const mostTokens: Readonly<Record<CompletionShape, number>> = {
  none: 1,
  line: 64,
  paragraph: 128,
  body: 256,
};
/** Chat models spend tokens on fences and on what they repeat. */
const chatFactor = 2;

/** Writes the request for a place. The text around the cursor is cut to budgets of tokens, smaller ones for a small context window. */
export function writeCompletionRequest(
  { before, after, languageId }: CompletionPlace,
  shape: CompletionShape,
  { gateway, modelId, timeouts, form, contextWindow }: CompletionTarget,
  related: readonly RelatedText[],
): CompletionRequest {
  const isChat = form === 'chat';
  const maxTokens = mostTokens[shape] * (isChat ? chatFactor : 1);
  const whole = mostBefore + mostAfter + mostRelatedTokens;
  // Half of the window is left for what the estimate misses.
  const share = Math.min(1, Math.max(0, (contextWindow ?? Infinity) / 2 - maxTokens) / whole);
  const start = writeRelated(related, languageId, mostRelatedTokens * share);
  const prefix = start + cutBefore(before, Math.floor(mostBefore * share));
  return {
    ...{ gateway, modelId, timeouts, form },
    // Many gateways refuse an empty prompt.
    prefix: prefix === '' ? '\n' : prefix,
    suffix: cutAfter(after, Math.floor(mostAfter * share)),
    maxTokens,
    stop: stopsOf(shape, languageId, isChat),
  };
}

function stopsOf(shape: CompletionShape, languageId: string, isChat: boolean): readonly string[] {
  // A chat model may begin with an empty line or a fence.
  if (isChat) return [];
  if (shape === 'line') return ['\n'];
  return traitsOf(languageId).isProse ? ['\n\n'] : [];
}

/** The tokens of a request: those that the gateway has counted, otherwise an estimate. */
export function usageOf(
  usage: Usage | undefined,
  { prefix, suffix }: CompletionRequest,
  text: string,
): CompletionUsage {
  const { promptTokens, completionTokens, estimated } = usage ?? {};
  return {
    promptTokens: promptTokens ?? countTokens(prefix) + countTokens(suffix),
    completionTokens: completionTokens ?? countTokens(text),
    isEstimated: estimated === true || promptTokens === undefined || completionTokens === undefined,
  };
}
