import type { BalanceRequest } from './balanceRequest';
import type { ChatEndpoint } from './chatEndpoint';
import type { ModelKind } from './modelKind';
import type { ModelPrices } from './modelPrices';

/** How a gateway receives its key: as `Authorization: Bearer`, not at all, or in another header. */
export type GatewayAuth = 'bearer' | 'none' | { readonly header: string };

/** What is known about a model. An absent field is unknown. */
export interface ModelDescription {
  readonly id: string;
  readonly name?: string;
  /** Absent: `kindOf` guesses it from the id. */
  readonly kind?: ModelKind;
  /** The endpoint that answers its chats. */
  readonly endpoint?: ChatEndpoint;
  /** Tokens of prompt and answer together. */
  readonly contextWindow?: number;
  /** Most tokens of an answer. */
  readonly maxOutput?: number;
  /** The model accepts pictures. */
  readonly vision?: boolean;
  /** The model supports tool calls. */
  readonly tools?: boolean;
  /** The model reasons before it answers. */
  readonly reasoning?: boolean;
  /** The model's answers may hold pictures, sounds or videos. */
  readonly media?: boolean;
  /** A local server, which loads models on demand, has this one in memory. */
  readonly loaded?: boolean;
  readonly prices?: ModelPrices;
}

/** One OpenAI-compatible service, from a preset or from the setting `parley.gateways`. */
export interface Gateway {
  /** Contains no slash. Part of the name under which SecretStorage keeps the key. */
  readonly id: string;
  readonly name: string;
  /** Normalised, without a trailing slash, such as `https://api.example.com/v1`. A query is sent with each request. */
  readonly baseUrl: string;
  readonly auth: GatewayAuth;
  /** Additional request headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Models from the settings or the preset: shown when the gateway's list cannot be read, and added to what the list says. */
  readonly models: readonly ModelDescription[];
  /** Merged into each request body, after everything else. */
  readonly extraBody: Readonly<Record<string, unknown>>;
  /**
   * True for a gateway whose deltas each repeat the whole answer so far. Parley never detects this itself, because a model that
   * repeats itself looks the same.
   */
  readonly cumulativeDeltas?: boolean;
  /** The user's own request for the balance; absent if Parley finds the route itself. */
  readonly balance?: BalanceRequest;
  /** The endpoint that answers the chats of its models; absent: `/chat/completions`, unless a model needs another. */
  readonly endpoint?: ChatEndpoint;
}

/** `scheme://host:port` of a base URL in lower case; undefined for an invalid URL. A key belongs to a gateway and an origin. */
export function originOf(baseUrl: string): string | undefined {
  return /^(https?:\/\/[^/?#@\s]+)(?:[/?#]|$)/i.exec(baseUrl)?.[1]?.toLowerCase();
}

/** A URL for display: without its query, its fragment and its credentials, which may be secrets. */
export function shownAddress(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/[?#][^]*/, '');
}
