import type { Translate } from '../../shared/kit/translate';
import type { Verdict } from './gatewayCheck';

/** A mark for each verdict, in addition to its name. */
export const verdictSymbols: Readonly<Record<Verdict, string>> = {
  passed: '✓',
  failed: '✗',
  unsupported: '–',
  'not-tried': '…',
};

/** The name of a verdict in the user's language. */
export function verdictLabel(verdict: Verdict, t: Translate): string {
  switch (verdict) {
    case 'passed':
      return t('Passed');
    case 'failed':
      return t('Failed');
    case 'unsupported':
      return t('Not supported');
    case 'not-tried':
      return t('Not checked');
  }
}
