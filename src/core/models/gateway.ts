/** How a gateway wants its key: `Authorization: Bearer`, no key at all, or a header of its own. */
export type GatewayAuth = 'bearer' | 'none' | { readonly header: string };

/** What is known about a model. Everything but the id may be missing. */
export interface ModelDescription {
  readonly id: string;
  readonly name?: string;
  /** Tokens of prompt and answer together. */
  readonly contextWindow?: number;
  /** Tokens of the answer at most. */
  readonly maxOutput?: number;
  readonly vision?: boolean;
  readonly tools?: boolean;
  readonly reasoning?: boolean;
  readonly media?: boolean;
  /** Whether a server that loads models when they are asked has this one in memory. */
  readonly loaded?: boolean;
}

/** One OpenAI-compatible endpoint, from a preset or the setting `parley.gateways`. */
export interface Gateway {
  /** Without a slash; part of the key's name in SecretStorage. */
  readonly id: string;
  readonly name: string;
  /** Such as `https://api.example.com/v1`; normalised, without a trailing slash. A query goes along with each request. */
  readonly baseUrl: string;
  readonly auth: GatewayAuth;
  /** Further request headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** The models to show when the gateway's own list cannot be had, and what is known about them. */
  readonly models: readonly ModelDescription[];
  /** Merged into each request body last. */
  readonly extraBody: Readonly<Record<string, unknown>>;
  /**
   * True for a gateway whose stream repeats, with each piece, all that came before. Nothing tells
   * such a stream from a model that repeats itself, so it is never guessed.
   */
  readonly cumulativeDeltas?: boolean;
}

/** `scheme://host:port` of a base URL: a key belongs to a gateway *and* an origin. Undefined when the URL is not valid. */
export function originOf(baseUrl: string): string | undefined {
  return /^(https?:\/\/[^/?#@\s]+)(?:[/?#]|$)/i.exec(baseUrl)?.[1]?.toLowerCase();
}

/** An address as it may be shown: queries and credentials can be secrets. */
export function shownAddress(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/[?#][^]*/, '');
}
