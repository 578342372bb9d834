/** The prices of a model, as its gateway or the user's settings tell them. An absent price is unknown; Parley never guesses one. */
export interface ModelPrices {
  /** Per million tokens of the prompt. */
  readonly input?: number;
  /** Per million tokens of the answer. */
  readonly output?: number;
  /** Per request. */
  readonly request?: number;
  /** The code of the currency in ISO 4217; US dollars if absent. */
  readonly currency?: string;
  /** True if these are the lowest prices of the gateway, which has others for some of its user groups. */
  readonly isLowest?: boolean;
}

/** Reads a currency code in any case; undefined if the text cannot be one. */
export function currencyCode(text: string): string | undefined {
  return /^[a-z]{3}$/i.test(text) ? text.toUpperCase() : undefined;
}
