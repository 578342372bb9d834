import type { Failure } from '../../shared/failure/failure';
import type { Balance } from '../models/balance';

/** The documented ways to ask for a balance. Stored for each gateway, so that a name never changes. */
export const balanceRoutes = [
  'own',
  'new-api',
  'billing',
  'deepseek',
  'siliconflow',
  'openrouter',
  'apimart',
] as const;

/** One of these ways. */
export type BalanceRoute = (typeof balanceRoutes)[number];

/** The result of a request for the balance of a gateway. */
export type BalanceCheck =
  | { readonly kind: 'balance'; readonly route: BalanceRoute; readonly balance: Balance }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The gateway has none of the routes that Parley knows. */
  | { readonly kind: 'no-route' }
  /** The user's own request succeeded, but there is no number at the place that the user chose. */
  | { readonly kind: 'no-number' }
  /** The gateway's limit and usage give no balance, because their meaning is uncertain. */
  | { readonly kind: 'unclear'; readonly limit: number; readonly used: number };

/** A number in a reply, and the names of the fields that lead to it, joined by dots. */
export interface FoundNumber {
  readonly path: string;
  readonly value: number;
}

/** The numbers in the reply to a GET request, in their order. */
export type NumbersReply =
  | { readonly kind: 'numbers'; readonly numbers: readonly FoundNumber[] }
  | { readonly kind: 'failed'; readonly failure: Failure };
