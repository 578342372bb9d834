import type { Translate } from '../../shared/kit/translate';
import { totalOf, type Usage } from '../../shared/answer/usage';
import { compactNumber } from './compactNumber';

/** Token counts as they are displayed, and in words. */
export interface UsageText {
  /** "↑ 98 ↓ 72", or the total if nothing else is known. */
  readonly summary: string;
  /** The cached and the reasoning tokens: "64 cached · 40 reasoning"; '' if they are unknown or zero. */
  readonly more: string;
  /** One number per line, with its name. */
  readonly details: string;
}

/** Describes token counts; null if nothing was counted. */
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
  if (lines.length === 0) lines.push(t('{0} tokens', number.format(total)));
  if (usage.estimated === true) lines.push(t('Estimated, because the gateway sent no token count.'));
  const arrows = [
    ...(promptTokens === undefined ? [] : [`↑ ${short(promptTokens, language)}`]),
    ...(completionTokens === undefined ? [] : [`↓ ${short(completionTokens, language)}`]),
  ];
  const single = total === 1 ? t('1 token') : t('{0} tokens', number.format(total));
  const summary = arrows.length === 0 ? single : arrows.join(' ');
  const more = [
    ...(isSome(cachedTokens) ? [t('{0} cached', short(cachedTokens, language))] : []),
    ...(isSome(reasoningTokens) ? [t('{0} reasoning', short(reasoningTokens, language))] : []),
  ];
  return {
    summary: usage.estimated === true ? `≈ ${summary}` : summary,
    more: more.join(' · '),
    details: lines.join('\n'),
  };
}

/** The whole number up to four digits, and fewer digits of a larger one. The details have the whole number. */
function short(tokens: number, language: string): string {
  return tokens < 10_000 ? new Intl.NumberFormat(language).format(tokens) : compactNumber(tokens, language);
}

function isSome(tokens: number | undefined): tokens is number {
  return tokens !== undefined && tokens > 0;
}
