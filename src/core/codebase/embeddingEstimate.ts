import type { ModelPrices } from '../models/modelPrices';

/** UTF-8 bytes of code in a token, on average. */
const bytesPerToken = 3.5;

/** What embedding a workspace costs, estimated from the sizes of its files. */
export interface EmbeddingEstimate {
  readonly files: number;
  readonly tokens: number;
  /** Absent if the price of the model is unknown. */
  readonly price?: { readonly amount: number; readonly currency: string };
}

/** Estimates tokens and price from the sizes of the files in bytes. */
export function estimateEmbedding(
  sizes: readonly number[],
  prices: ModelPrices | undefined,
): EmbeddingEstimate {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const tokens = Math.ceil(bytes / bytesPerToken);
  // Two digits are enough for an estimate.
  const rounded = Number(tokens.toPrecision(2));
  const input = prices?.input;
  return {
    files: sizes.length,
    tokens: rounded,
    ...(input !== undefined && {
      price: { amount: (tokens * input) / 1_000_000, currency: prices?.currency ?? 'USD' },
    }),
  };
}
