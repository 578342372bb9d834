import type { ChatEndpoint } from './chatEndpoint';
import type { Gateway } from './gateway';

/** Time limits of a request, in seconds. There is no limit for the whole answer: a slow answer is still an answer. */
export interface Timeouts {
  /** Until the connection is open. */
  readonly connect: number;
  /** From the end of the request to the first piece of the answer. */
  readonly firstToken: number;
  /** Between two pieces of the answer. Heartbeats do not count as pieces. */
  readonly idle: number;
}

/**
 * Where requests go and how. The key and the network settings are not part of it: the client reads the key from the secret
 * storage for each request, and applies VS Code's network settings itself.
 */
export interface Route {
  readonly gateway: Gateway;
  /** Request fields that the user set (`temperature` …), already checked. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly timeouts: Timeouts;
  /** The endpoint that the gateway's list names for the model; absent when it names none. */
  readonly listedEndpoint?: ChatEndpoint;
}
