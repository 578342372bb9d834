import type { Translate } from '../kit/translate';

/**
 * The name of an unsupported parameter in the user's language. Request fields keep their names; forms of messages and
 * combinations of fields are described.
 */
export function nameOfUnsupportedParameter(part: string, t: Translate): string {
  switch (part) {
    case 'array content':
    case 'unreadable pictures':
      return t('earlier pictures');
    case 'system role':
      return t('the system role');
    case 'tool messages':
      return t('earlier tool calls');
    default: {
      const [field = part, others] = part.split(' with ');
      return others === undefined ? part : t('{0} (together with {1})', field, others);
    }
  }
}

/**
 * The beginning of the entry for a prompt that the server itself cut, in the list of what was left out of a request. The number of
 * tokens that it read, a slash, and the expected number follow.
 */
export const promptCutMark = 'prompt ';

/**
 * The beginning of the entry that says in which form the thinking effort was sent. The fields of the request follow as JSON. Absent
 * for the usual form, `reasoning_effort`.
 */
export const effortSentMark = 'effort sent ';
