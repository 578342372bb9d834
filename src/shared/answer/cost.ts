import * as v from 'valibot';

/**
 * What one request cost. Stored with the tokens of an answer, so that it stays true when prices change. A request whose cost is
 * unknown has no such value.
 */
export const costSchema = v.object({
  /** In units of the currency, at least 0. */
  amount: v.number(),
  /** The code of the currency in ISO 4217. Amounts in different currencies are never added. */
  currency: v.string(),
  /** `reported`: by the gateway with its reply. `listed`: tokens times the gateway's prices. `settings`: tokens times the user's prices. */
  source: v.picklist(['reported', 'listed', 'settings']),
  /**
   * Why the amount is approximate; absent for no reason. `tokens`: the counts are estimates. `cache`: the price of tokens that
   * the cache served or stored is unknown, and they are counted at the full price. `group`: other user groups of the gateway pay
   * more. `gateway`: the gateway calls the amount an estimate. `options`: the price may depend on size, quality or length.
   */
  doubts: v.exactOptional(v.array(v.picklist(['tokens', 'cache', 'group', 'gateway', 'options']))),
  /** What the cached tokens saved, in the same currency; absent when unknown or 0. */
  saved: v.exactOptional(v.number()),
});

/** What one request cost. */
export type Cost = v.InferOutput<typeof costSchema>;
