import { asObject, asText } from '../../json/replyObject';
import type { RequestBody } from '../../unsupportedParameters/removeUnsupportedParameters';

/** Unsupported parameters: the two ways to ask for thinking. A model that lacks one of them needs the other. */
const budgetForm = 'thinking budget';
const adaptiveForm = 'adaptive thinking';

/** Tokens of thinking for each effort. Anthropic's least budget is 1024. */
const budgets: Readonly<Record<string, number | undefined>> = {
  minimal: 1_024,
  low: 4_096,
  medium: 10_240,
  high: 20_480,
  xhigh: 32_768,
  max: 32_768,
};
const leastBudget = 1_024;

/** Models that decide themselves how much they think, from Claude 4.6 on. */
const adaptiveModels =
  /claude.{0,20}(?:opus|sonnet|haiku|fable|mythos)-(?:4[-.](?:[6-9]|\d\d)(?!\d)|[5-9](?!\d))/i;

/** The words for no thinking at all. */
const off: ReadonlySet<string> = new Set(['none', 'off', 'disabled']);

/** The fields of a request that ask for thinking. */
export interface ThinkingFields {
  readonly thinking?: Readonly<Record<string, unknown>>;
  readonly output_config?: Readonly<Record<string, unknown>>;
}

interface ThinkingFacts {
  readonly modelId: string;
  /** `max_tokens` of the request, of which the thinking is a part. */
  readonly maxTokens: number;
  readonly unsupported: ReadonlySet<string>;
}

/** Translates `reasoning_effort`. Empty if nothing is to be sent. */
export function thinkingFields(effort: unknown, facts: ThinkingFacts): ThinkingFields {
  const level = asText(effort)?.toLowerCase();
  if (level === undefined) return {};
  if (off.has(level)) return { thinking: { type: 'disabled' } };
  const { unsupported, modelId, maxTokens } = facts;
  // Of two refused forms, the newer one counts.
  const refused = [...unsupported].findLast((form) => form === budgetForm || form === adaptiveForm);
  const isAdaptive =
    refused === undefined ? adaptiveModels.test(modelId.slice(0, 300)) : refused === budgetForm;
  if (isAdaptive)
    return { thinking: { type: 'adaptive' }, output_config: { effort: level === 'minimal' ? 'low' : level } };
  const budget = Math.min(budgets[level] ?? budgets['medium'] ?? leastBudget, Math.floor(maxTokens / 2));
  return budget < leastBudget ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
}

/** How many tokens of `max_tokens` an effort needs beside the answer itself. */
export function thinkingRoom(effort: unknown): number {
  const level = asText(effort)?.toLowerCase();
  return level === undefined || off.has(level) ? 0 : (budgets[level] ?? 0);
}

/** The form of thinking that an error refuses, if the request had it. */
export function findThinkingForm(words: string, sent: RequestBody): string | undefined {
  const type = asObject((sent as { readonly thinking?: unknown }).thinking)?.type;
  const text = words.slice(0, 4_000);
  if (
    type === 'enabled' &&
    /\badaptive\b|thinking\.type\W{1,3}enabled|budget_tokens.{0,60}(?:not supported|deprecated|unsupported)/i.test(
      text,
    )
  )
    return budgetForm;
  if (type === 'adaptive' && /\badaptive\b|effort parameter|output_config|thinking\.type/i.test(text))
    return adaptiveForm;
  return undefined;
}
