import type { Translate } from '../../shared/translate';
import type { Usage } from '../../shared/usage';

/** Tokens in words: one short figure for the eye, the rest for the tooltip. */
export interface UsageText {
  readonly summary: string;
  /** One figure per line. */
  readonly details: string;
}

/** Puts a gateway's count of tokens into words; null when it counted nothing. */
export function describeUsage(usage: Usage, language: string, t: Translate): UsageText | null {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens } = usage;
  const sum = (promptTokens ?? 0) + (completionTokens ?? 0);
  const total = usage.totalTokens ?? sum;
  if (total === 0) return null;
  const exact = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const lines: string[] = [];
  if (promptTokens !== undefined) lines.push(t('Prompt: {0} tokens', exact.format(promptTokens)));
  if (cachedTokens !== undefined) lines.push(t('Of these cached: {0}', exact.format(cachedTokens)));
  if (completionTokens !== undefined) lines.push(t('Answer: {0} tokens', exact.format(completionTokens)));
  if (reasoningTokens !== undefined) lines.push(t('Of these reasoning: {0}', exact.format(reasoningTokens)));
  return {
    summary: total === 1 ? t('1 token') : t('{0} tokens', short.format(total)),
    details: lines.join('\n'),
  };
}
