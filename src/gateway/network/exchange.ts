/** One HTTP request, ready to be sent. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The body of a request that is not text, such as an upload; then there is no `body`. */
  readonly bytes?: Uint8Array;
}

/** The status and the headers of a reply. */
export interface ReplyHead {
  readonly status: number;
  /** Names are in lower case. A repeated header has its first value. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The callbacks of an exchange. The order is `onConnected`, `onHead`, `onBytes` any number of times, then exactly one of
 * `onEnd` and `onError`; `onError` may come at any time. No callback is called before `exchange` has returned or after
 * `close`.
 */
export interface ExchangeHandler {
  /** The connection is open, and the request is being written. */
  onConnected(): void;
  onHead(head: ReplyHead): void;
  /** Bytes of the body, with the content encoding decoded. */
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  onError(error: unknown): void;
}

/** A running request. */
export interface Exchange {
  /** Stops reading the socket, so that the gateway must wait. */
  pause(): void;
  resume(): void;
  /** Closes the socket at once, also while it is still connecting. */
  close(): void;
}

/** Sends requests. It follows no redirect, repeats nothing and has no time limits; the caller sets the limits. */
export interface Transport {
  exchange(request: WireRequest, handler: ExchangeHandler): Exchange;
  /** Closes every socket; running requests fail. */
  dispose(): Promise<void>;
}
