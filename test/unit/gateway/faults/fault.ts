import type { StreamPart } from '../../../../src/core/ports/answerStream';
import type { RawScript, RawServer } from '../../../support/rawServer';
import type { Answer, TestClient } from '../asking';

/** What a person sees of an answer, whatever was wrong with the reply. */
export interface ExpectedAnswer {
  /** As `summary` tells it: `completed stop`, `truncated stream-cut` … */
  readonly ending: string;
  /** The text that is kept; none: empty. */
  readonly text?: string;
  readonly reasoning?: string;
  /** A part of what the failure's notice says: its sentence and its details. */
  readonly message?: RegExp;
  /** Some of the parts that are neither text nor reasoning nor the end, in their order. */
  readonly parts?: readonly StreamPart[];
}

/** A reply with a fault, which has to end like this in every delivery: whole, cut anywhere, byte by byte. */
export interface ReplyFault {
  readonly number: number;
  readonly name: string;
  /** The body, under status 200. */
  readonly body: string | Uint8Array;
  /** Lines of the head, besides the status. */
  readonly headers?: readonly string[];
  /** True when only the whole can be delivered in reasonable time. */
  readonly isLarge?: boolean;
  readonly expected: ExpectedAnswer;
}

/** What a transport fault happens in. */
export interface Place {
  /** A client that takes no time to wait for a retry, with Parley's ordinary policy. */
  readonly client: TestClient;
  readonly serve: (script: RawScript, tls?: { key: string; cert: string }) => Promise<RawServer>;
}

/** A server that misbehaves, or is not there. */
export interface TransportFault {
  readonly number: number;
  readonly name: string;
  /** Asks, and checks what only this fault shows. */
  readonly ask: (place: Place) => Promise<Answer>;
  readonly expected: ExpectedAnswer;
}
