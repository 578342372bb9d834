import * as v from 'valibot';

/**
 * The unit of an amount. `currency`: a code of ISO 4217. `symbol`: a currency of the gateway's own, which only has a sign.
 * `quota`: units of New API and One API, whose price only the site knows. `unstated`: the gateway does not tell the unit.
 */
const unitSchema = v.variant('kind', [
  v.object({ kind: v.literal('currency'), code: v.string() }),
  v.object({ kind: v.literal('symbol'), symbol: v.string() }),
  v.object({ kind: v.literal('quota') }),
  v.object({ kind: v.literal('unstated') }),
]);

const amountSchema = v.object({ amount: v.number(), unit: unitSchema });

/** The schema of a `Balance` in VS Code's storage. */
export const balanceSchema = v.object({
  /** What is left, one amount for each unit; negative when the account is overdrawn. Empty for a key without a limit. */
  left: v.array(amountSchema),
  /** `key`: the limit of the key, which may be more than the account has. `unstated`: the gateway does not tell. */
  scope: v.picklist(['key', 'account', 'unstated']),
  /** True when more may be left, because the gateway's figures have two meanings. */
  isLowerBound: v.exactOptional(v.literal(true)),
  /** True when the gateway says that this is not enough for requests. */
  isTooLow: v.exactOptional(v.literal(true)),
  /** What was used so far, for a key without a limit; absent when unknown. */
  used: v.exactOptional(amountSchema),
});

/** A unit of a balance. */
export type BalanceUnit = v.InferOutput<typeof unitSchema>;

/** An amount with its unit. */
export type BalanceAmount = v.InferOutput<typeof amountSchema>;

/** What is left at a gateway. */
export type Balance = v.InferOutput<typeof balanceSchema>;
