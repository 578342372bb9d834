/** The prices of a model, as its gateway or the user's settings tell them. An absent price is unknown; Parley never guesses one. */
export interface ModelPrices {
  /** Per million tokens of the prompt. */
  readonly input?: number;
  /** Per million tokens of the prompt that the gateway reads from its cache. */
  readonly cachedInput?: number;
  /** Per million tokens of the prompt that the gateway stores in its cache. */
  readonly cacheWrite?: number;
  /** Per million tokens of the answer. */
  readonly output?: number;
  /** Per request. */
  readonly request?: number;
  /** The code of the currency in ISO 4217; US dollars if absent. */
  readonly currency?: string;
  /** True if these are the lowest prices of the gateway, which has others for some of its user groups. */
  readonly isLowest?: boolean;
}

/** The prices of a model, and whose they are. */
export interface Pricing {
  readonly prices: ModelPrices;
  /** The gateway's list, or the user's settings. */
  readonly source: 'listed' | 'settings';
}
