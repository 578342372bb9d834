import type { Failure } from '../../shared/failure/failure';
import type { Gateway } from '../models/gateway';
import type { Timeouts } from '../models/route';

/** Texts whose vectors are wanted. */
export interface EmbeddingRequest {
  readonly gateway: Gateway;
  readonly modelId: string;
  /** Not empty; no text is empty. */
  readonly texts: readonly string[];
  readonly timeouts: Timeouts;
  readonly signal: AbortSignal;
}

/** What a gateway made of the texts. */
export type EmbeddingReply =
  | {
      readonly kind: 'embedded';
      /** One for each text, in the same order. All have the same width, and all numbers are finite. */
      readonly vectors: readonly Float32Array[];
      /** What the gateway counted; 0 if it counts none. */
      readonly tokens: number;
    }
  /** `received`: the vectors that came before, by the positions of their texts. They have been paid for. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly received: ReceivedVectors }
  | { readonly kind: 'cancelled'; readonly received: ReceivedVectors };

/** Vectors of one width, by the positions of their texts. */
type ReceivedVectors = ReadonlyMap<number, Float32Array>;

/** Turns texts into vectors, with an embedding model of a gateway. */
export interface Embedder {
  /**
   * Sends as many requests as the texts need. A request is sent again only if the gateway has refused it before any work: for
   * its size, for a parameter, or because of a rate limit. Cancelling sends no further request; it waits up to 10 seconds for
   * the replies to those that were sent. Never rejects.
   */
  embed(request: EmbeddingRequest): Promise<EmbeddingReply>;
}
