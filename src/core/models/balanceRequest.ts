import * as v from 'valibot';

/** The longest path of a request and of a value, in UTF-16 units. */
const longest = 500;

/**
 * True for a path of the gateway's own origin, such as `/api/user/self?full=1`. False for a text that a URL parser could read as
 * another host, and for a fragment.
 */
export function isBalancePath(path: string): boolean {
  return path.length <= longest && /^\/(?!\/)[\x21-\x7e]*$/.test(path) && !/[\\#]/.test(path);
}

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(longest));

/**
 * The user's own request for a balance: a GET to the gateway's origin, and where the number is in its reply. Kept in
 * `parley.gateways` after it has worked once.
 */
export const balanceRequestSchema = v.object({
  /** Starts with `/`. See `isBalancePath`. */
  path: v.pipe(text, v.check(isBalancePath)),
  /** The names of the fields that lead to the number, joined by dots: `data.quota`. A number counts the items of an array from 0. */
  value: text,
  /** A code of ISO 4217; absent when the currency is unknown. */
  currency: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z]{3}$/i))),
  /** The number divided by this is the balance; 1 if absent. */
  divideBy: v.exactOptional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
});

/** The user's own request for a balance. */
export type BalanceRequest = v.InferOutput<typeof balanceRequestSchema>;
