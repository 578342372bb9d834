import type { Translate } from '../kit/translate';

/**
 * What a part of a request that a gateway refused is called for people: fields go by their own names; manners of writing the
 * messages, and combinations, are put into words.
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
