import type { Translate } from '../../shared/kit/translate';
import { formatMoney } from '../../shared/text/formatMoney';
import type { Balance, BalanceAmount } from './balance';

/**
 * Describes a balance in a few words: "$12.34 left", "At least $5 left", "No limit for this key · $3.20 used". Amounts in several
 * currencies stay apart.
 */
export function describeBalance(balance: Balance, t: Translate, language: string): string {
  const { left, scope, isLowerBound, isTooLow, used } = balance;
  const amounts = left.map((amount) => writeAmount(amount, t, language)).join(' + ');
  const notes = [
    left.length === 0
      ? t('No limit for this key')
      : isLowerBound === true
        ? t('At least {0} left', amounts)
        : scope === 'key'
          ? t('{0} left for this key', amounts)
          : t('{0} left', amounts),
    ...(isTooLow === true ? [t('Too low for requests')] : []),
    ...(used === undefined ? [] : [t('{0} used', writeAmount(used, t, language))]),
  ];
  return notes.join(' · ');
}

/** Writes an amount with its unit: "$12.34", "500,000 quota units", "12.34 (currency not stated)". */
function writeAmount({ amount, unit }: BalanceAmount, t: Translate, language: string): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
  switch (unit.kind) {
    case 'currency':
      return formatMoney(amount, unit.code, language);
    case 'symbol':
      return `${amount < 0 ? '-' : ''}${unit.symbol}${number.replace(/^-/, '')}`;
    case 'quota':
      return t('{0} quota units', number);
    case 'unstated':
      return t('{0} (currency not stated)', number);
  }
}
