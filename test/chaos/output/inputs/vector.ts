import type { Random } from '../random';

/** What a hostile input would do if it could. Each input has its own, so that whatever it does names it. */
export interface Bait {
  /** JavaScript that tells that it ran. It holds no quotes and no spaces. */
  readonly script: string;
  /** An address on loopback at which every request is counted. */
  readonly url: string;
  /** Its host and port. */
  readonly host: string;
}

/** Writes a hostile text around a bait. */
export type Vector = (bait: Bait) => string;

/** One sort of hostile texts. */
export interface Family {
  readonly name: string;
  /** Those that are tried in every run. */
  readonly chosen: readonly Vector[];
  /** Makes one more. */
  generate(random: Random): Vector;
  /** The address that goes with each; without it, any. */
  readonly address?: Vector;
  /** How many of the long form's inputs are of this family, in parts of the whole. */
  readonly share: number;
}

/** Changes a text into another that a careless reader takes for the same. */
export type Disguise = (text: string) => string;

/** Puts a text into surroundings. */
export type Surroundings = (text: string) => string;
