import type { Failure } from '../../shared/failure/failure';
import type { Gateway } from '../models/gateway';
import type { Timeouts } from '../models/route';

/** An address of a gateway that can be asked for free. */
export interface ProbedEndpoint {
  /** `POST` sends a body that is not JSON: no server can find a model, a prompt or a file in it, so none can do billed work. */
  readonly method: 'GET' | 'POST';
  /** `base`: below the base URL. `origin`: beside `/v1`. */
  readonly at: 'base' | 'origin';
  /** Such as `/images/generations`. */
  readonly path: string;
}

/** How a gateway answered. */
export type ProbeReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** The beginning of the reply, without the key. */
      readonly text: string;
      /** What the status and the text mean if they are an error. */
      readonly failure: Failure | undefined;
    }
  /** There is no reply. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Finds out which endpoints a gateway has. */
export interface EndpointProber {
  /** Sends one request that costs nothing. Repeats nothing. Never rejects. */
  probe(gateway: Gateway, endpoint: ProbedEndpoint, timeouts: Timeouts): Promise<ProbeReply>;
}
