import type { Cost } from '../../shared/answer/cost';

/** The sum of the costs in one currency. */
export interface CostTotal {
  /** A code of ISO 4217. */
  readonly currency: string;
  readonly amount: number;
  /** True if one of the costs is approximate. */
  readonly isApproximate: boolean;
  /** What cached tokens saved; 0 when unknown. */
  readonly saved: number;
}

/** Adds costs by currency, in the order in which the currencies appear. */
export function addCosts(costs: readonly Cost[]): readonly CostTotal[] {
  return [...new Set(costs.map(({ currency }) => currency))].map((currency) => {
    const same = costs.filter((cost) => cost.currency === currency);
    return {
      currency,
      amount: same.reduce((sum, { amount }) => sum + amount, 0),
      isApproximate: same.some(({ doubts = [] }) => doubts.length > 0),
      saved: same.reduce((sum, { saved = 0 }) => sum + saved, 0),
    };
  });
}
