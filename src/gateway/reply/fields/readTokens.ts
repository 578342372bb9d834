import type { Token } from '../../../shared/answer/token';
import { asArray, asObject } from '../../json/replyObject';

/**
 * Reads the tokens in `logprobs` of a choice: `{content: [{token, logprob, top_logprobs: [{token, logprob}]}]}`, or the older
 * `{tokens, token_logprobs, top_logprobs: [{TOKEN: LOGPROB}]}`. Leaves out tokens without a finite log probability.
 */
export function readTokens(value: unknown): readonly Token[] {
  const logprobs = asObject(value);
  if (logprobs === undefined) return [];
  const content = asArray(logprobs.content ?? logprobs.refusal);
  if (content.length > 0) return content.flatMap(readToken);
  const probabilities = asArray(logprobs.token_logprobs);
  const alternatives = asArray(logprobs.top_logprobs);
  return asArray(logprobs.tokens).flatMap((token, index) => {
    const logprob = probabilities[index];
    if (typeof token !== 'string' || !isProbability(logprob)) return [];
    return [{ text: token, logprob, alternatives: readAlternatives(alternatives[index]) }];
  });
}

function readToken(value: unknown): readonly Token[] {
  const token = asObject(value);
  if (typeof token?.token !== 'string' || !isProbability(token.logprob)) return [];
  const { token: text, logprob } = token;
  return [{ text, logprob, alternatives: readAlternatives(token.top_logprobs) }];
}

function readAlternatives(value: unknown): Token['alternatives'] {
  const found = Array.isArray(value)
    ? value.map((item: unknown) => {
        const { token, logprob } = asObject(item) ?? {};
        return { text: token, logprob };
      })
    : Object.entries(asObject(value) ?? {}).map(([text, logprob]) => ({ text, logprob }));
  return found
    .flatMap(({ text, logprob }) =>
      typeof text === 'string' && isProbability(logprob) ? [{ text, logprob }] : [],
    )
    .sort((a, b) => b.logprob - a.logprob);
}

/** `-1e999` in JSON is read as -Infinity, which JSON would write as null, so the journal could not be read again. */
function isProbability(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
