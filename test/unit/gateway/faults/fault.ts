import type { StreamPart } from '../../../../src/core/ports/answerStream';
import type { RawScript, RawServer } from '../../../support/rawServer';
import type { Answer, TestClient } from '../asking';

/** What the user must see of an answer in spite of the fault. */
export interface ExpectedAnswer {
  /** The result of `summary`: `completed stop`, `truncated stream-cut` … */
  readonly ending: string;
  /** The text that is kept; '' for none. */
  readonly text?: string;
  readonly reasoning?: string;
  /** A part of the notice for the failure: of its sentence or its details. */
  readonly message?: RegExp;
  /** Some of the other parts of the answer, in order. */
  readonly parts?: readonly StreamPart[];
}

/** A reply with a fault. The result must be the same in one write, at every split, and byte by byte. */
export interface ReplyFault {
  readonly number: number;
  readonly name: string;
  /** The body of a reply with status 200. */
  readonly body: string | Uint8Array;
  /** Header lines. */
  readonly headers?: readonly string[];
  /** True if only one write is fast enough for a test. */
  readonly isLarge?: boolean;
  readonly expected: ExpectedAnswer;
}

/** The client and the servers of a transport fault. */
export interface Place {
  /** A client with Parley's usual retries but without waits. */
  readonly client: TestClient;
  readonly serve: (script: RawScript, tls?: { key: string; cert: string }) => Promise<RawServer>;
}

/** A faulty or missing server. */
export interface TransportFault {
  readonly number: number;
  readonly name: string;
  /** Sends a question and checks the result. */
  readonly ask: (place: Place) => Promise<Answer>;
  readonly expected: ExpectedAnswer;
}
