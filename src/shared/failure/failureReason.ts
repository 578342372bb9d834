import * as v from 'valibot';
import { createTranslate, type Translate } from '../kit/translate';

/** Reasons for which Parley has its own words. */
type FailureReasonName =
  | 'parameter-reserved'
  | 'parameter-number'
  | 'parameter-number-from'
  | 'parameter-number-between'
  | 'parameter-integer'
  | 'parameter-integer-from'
  | 'parameter-integer-between'
  | 'parameter-boolean'
  | 'parameter-string'
  | 'parameter-object'
  | 'parameter-strings'
  | 'parameter-biases'
  | 'parameter-alternatives'
  | 'proxy-address'
  | 'proxy-scheme'
  | 'proxy-closed'
  | 'proxy-no-http'
  | 'proxy-status'
  | 'content-encoding';

/** A reason as it is stored, in no language. The name may be unknown when a newer version has written it. */
export const failureReasonSchema = v.object({
  name: v.string(),
  /** The values in the sentence: a parameter and its value, a scheme, a status. */
  words: v.array(v.string()),
});

/** A reason in no language. */
export type FailureReason = v.InferOutput<typeof failureReasonSchema>;

const english = createTranslate({});

/** Makes a reason from its name and the values in its sentence. */
export function reasonOf(name: FailureReasonName, ...words: readonly string[]): FailureReason {
  return { name, words: [...words] };
}

/** The fields of a failure for a reason: the reason, and its English words for the log and for versions that do not know it. */
export function factsOfReason(reason: FailureReason): {
  readonly detail: string;
  readonly reason: FailureReason;
} {
  return { detail: reasonInEnglish(reason), reason };
}

/** The reason in English. */
export function reasonInEnglish(reason: FailureReason): string {
  return describeReason(reason, english) ?? reason.name;
}

/** The reason in the user's language; undefined for an unknown name. */
export function describeReason({ name, words }: FailureReason, t: Translate): string | undefined {
  const [first = '', second = '', third = '', fourth = ''] = words;
  switch (name as FailureReasonName) {
    case 'parameter-reserved':
      return t('{0} is set by Parley and cannot be changed', first);
    case 'parameter-number':
      return t('{0} must be a number, not {1}', first, second);
    case 'parameter-number-from':
      return t('{0} must be a number of at least {1}, not {2}', first, second, third);
    case 'parameter-number-between':
      return t('{0} must be a number from {1} to {2}, not {3}', first, second, third, fourth);
    case 'parameter-integer':
      return t('{0} must be an integer, not {1}', first, second);
    case 'parameter-integer-from':
      return t('{0} must be an integer of at least {1}, not {2}', first, second, third);
    case 'parameter-integer-between':
      return t('{0} must be an integer from {1} to {2}, not {3}', first, second, third, fourth);
    case 'parameter-boolean':
      return t('{0} must be true or false, not {1}', first, second);
    case 'parameter-string':
      return t('{0} must be a string, not {1}', first, second);
    case 'parameter-object':
      return t('{0} must be an object, not {1}', first, second);
    case 'parameter-strings':
      return t('{0} must be a string or 1 to {1} strings, not {2}', first, second, third);
    case 'parameter-biases':
      return t('{0} must map token IDs to numbers from {1} to {2}, not {3}', first, second, third, fourth);
    case 'parameter-alternatives':
      return t('top_logprobs requires logprobs to be true, not {0}', first);
    case 'proxy-address':
      return t('The proxy setting is not a valid address.');
    case 'proxy-scheme':
      return t('Parley supports HTTP and HTTPS proxies, but not {0} proxies.', first);
    case 'proxy-closed':
      return t('The proxy closed the connection.');
    case 'proxy-no-http':
      return t('The server at this address is not an HTTP proxy.');
    case 'proxy-status':
      return t('The proxy responded to CONNECT with HTTP {0}.', first);
    case 'content-encoding':
      return t('Parley does not support the content encoding of the answer: {0}', first);
    default:
      return undefined;
  }
}
