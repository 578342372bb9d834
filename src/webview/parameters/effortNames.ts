import type { Translate } from '../../shared/kit/translate';

/** The usual values of `reasoning_effort` and their names, least effort first. */
export function effortNames(t: Translate): ReadonlyMap<string, string> {
  return new Map([
    ['none', t('Off')],
    ['minimal', t('Minimal')],
    ['low', t('Low')],
    ['medium', t('Medium')],
    ['high', t('High')],
    ['xhigh', t('Extra High')],
  ]);
}
