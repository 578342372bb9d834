import type { Cost } from '../../shared/answer/cost';
import type { Translate } from '../../shared/kit/translate';
import { formatMoney } from '../../shared/text/formatMoney';
import { addCosts, type CostTotal } from './addCosts';

/** Costs as they are displayed, and in words. */
interface CostText {
  /** "$0.0042", or "≈ $0.0042" for an approximate amount. Amounts in several currencies stay apart: "$0.01 + ¥0.20". */
  readonly summary: string;
  /** The amount, where it comes from, why it is approximate and what the cache saved, one fact per line. */
  readonly details: string;
}

/** Describes the costs of one answer, or of several. At least one. */
export function describeCosts(costs: readonly Cost[], language: string, t: Translate): CostText {
  const totals = addCosts(costs);
  const summary = writeTotals(totals, language);
  const saved = writeSavings(totals, language);
  const lines = [
    t('Cost: {0}', summary),
    ...sourcesOf(costs, t),
    ...doubtsOf(costs, t),
    ...(saved === '' ? [] : [t('Cached tokens saved {0}.', saved)]),
  ];
  return { summary, details: lines.join('\n') };
}

/** Amounts in several currencies, side by side. */
export function writeTotals(totals: readonly CostTotal[], language: string): string {
  return totals
    .map(({ amount, currency, isApproximate }) => {
      const money = formatMoney(amount, currency, language);
      return isApproximate ? `≈ ${money}` : money;
    })
    .join(' + ');
}

/** What cached tokens saved, by currency; '' for nothing. */
export function writeSavings(totals: readonly CostTotal[], language: string): string {
  return totals
    .filter(({ saved }) => saved > 0)
    .map(({ saved, currency }) => formatMoney(saved, currency, language))
    .join(' + ');
}

/** Where the costs come from, one sentence each. */
export function sourcesOf(costs: readonly Cost[], t: Translate): string[] {
  const has = (source: Cost['source']): boolean => costs.some((cost) => cost.source === source);
  return [
    ...(has('reported') ? [t('Reported by the gateway.')] : []),
    ...(has('listed') ? [t("Calculated from the gateway's listed prices.")] : []),
    ...(has('settings') ? [t('Calculated from the prices in your settings.')] : []),
  ];
}

function doubtsOf(costs: readonly Cost[], t: Translate): string[] {
  const doubts = new Set(costs.flatMap(({ doubts: some = [] }) => some));
  return [
    ...(doubts.has('tokens') ? [t('The gateway sent no token count, so the tokens are estimated.')] : []),
    ...(doubts.has('cache')
      ? [t('The price of cached tokens is unknown. They count at the full price.')]
      : []),
    ...(doubts.has('group')
      ? [t('This is the lowest price of the gateway. Your user group may pay more.')]
      : []),
    ...(doubts.has('options')
      ? [t('The price may depend on options such as size, quality and length.')]
      : []),
    ...(doubts.has('gateway') ? [t('The gateway calls the amount an estimate.')] : []),
  ];
}
