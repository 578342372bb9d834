/** One HTTP request, ready to be sent. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The head of a reply. */
export interface ReplyHead {
  readonly status: number;
  /** Names in lower case; of repeated headers the first value. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What an exchange tells. In order: connected, head, any number of bytes, then exactly one of
 * `onEnd` and `onError`; `onError` may come at any time. Nothing is told before `exchange` has
 * returned, and nothing after `close`.
 */
export interface ExchangeHandler {
  /** The connection stands and the request is being written. */
  onConnected(): void;
  onHead(head: ReplyHead): void;
  /** A piece of the body, with its content encoding undone. */
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  onError(error: unknown): void;
}

/** A request under way. */
export interface Exchange {
  /** Stops reading the socket, so that the gateway has to wait. */
  pause(): void;
  resume(): void;
  /** Closes the socket at once, also while it is still connecting. */
  close(): void;
}

/** Sends requests. It follows no redirect, repeats nothing and waits without limit: limits are the caller's. */
export interface Transport {
  exchange(request: WireRequest, handler: ExchangeHandler): Exchange;
  /** Closes every socket; requests under way fail. */
  dispose(): Promise<void>;
}
