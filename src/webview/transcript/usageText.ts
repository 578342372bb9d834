import type { Translate } from '../../shared/kit/translate';
import { totalOf, type Usage } from '../../shared/answer/usage';

/** Token counts in words: one number to display, and the others for the tooltip. */
export interface UsageText {
  readonly summary: string;
  /** One number per line; empty if there is only the total. */
  readonly details: string;
}

/** Describes an answer's token counts; null if nothing was counted. */
export function describeUsage(usage: Usage, language: string, t: Translate): UsageText | null {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens } = usage;
  const total = totalOf(usage);
  if (total === 0) return null;
  const number = new Intl.NumberFormat(language);
  const lines: string[] = [];
  if (promptTokens !== undefined) lines.push(t('Prompt: {0} tokens', number.format(promptTokens)));
  if (cachedTokens !== undefined) lines.push(t('Cached: {0}', number.format(cachedTokens)));
  if (completionTokens !== undefined) lines.push(t('Answer: {0} tokens', number.format(completionTokens)));
  if (reasoningTokens !== undefined) lines.push(t('Reasoning: {0}', number.format(reasoningTokens)));
  if (usage.estimated === true) lines.push(t('Estimated, because the gateway sent no token count.'));
  const summary = total === 1 ? t('1 token') : t('{0} tokens', number.format(total));
  return { summary: usage.estimated === true ? `≈ ${summary}` : summary, details: lines.join('\n') };
}
