import type { FailureKind } from '../../shared/failure/failure';
import { failureEvidence, type FailureEvidence } from './failureEvidence';
import { normaliseWords } from './normaliseWords';

/** A refusal: the error that a gateway sends instead of an answer, or inside one. */
interface Refusal {
  /** HTTP status. 200 if the error came inside a reply that began well. */
  readonly status: number;
  /** Codes and types in lower case, the most specific first. */
  readonly codes: readonly string[];
  /** The gateway's error message. */
  readonly words: string;
}

/**
 * Finds the kind of failure of a refusal: by the first row of `failureEvidence` that matches, else by the status, else by
 * a number among the codes that is an HTTP status. Undefined if none of them decides, which happens only below 300.
 */
export function classifyRefusal({ status, codes, words }: Refusal): FailureKind | undefined {
  const text = normaliseWords(words);
  const row = failureEvidence.find((evidence) => evidence.at(status) && matches(evidence, codes, text));
  if (row !== undefined) return row.kind;
  if (status >= 300) return kindOfNumber(status) ?? 'http-error';
  for (const code of codes) {
    const kind = /^\d{3}$/.test(code) ? kindOfNumber(Number(code)) : undefined;
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** True if a code or the words match the row. */
function matches(
  { codes: codePattern, words, unless }: FailureEvidence,
  codes: readonly string[],
  text: string,
): boolean {
  if (codePattern !== undefined && codes.some((code) => codePattern.test(code))) return true;
  if (words?.some((pattern) => pattern.test(text)) !== true) return false;
  return unless?.test(text) !== true;
}

function kindOfNumber(status: number): FailureKind | undefined {
  switch (status) {
    case 400:
    case 422:
      return 'bad-request';
    case 401:
      return 'unauthorized';
    case 402:
      return 'payment-required';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 407:
      return 'proxy-authentication-required';
    case 413:
      return 'request-too-large';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 && status < 600 ? 'server-error' : undefined;
  }
}
