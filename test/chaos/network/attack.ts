import type { Timeouts } from '../../../src/core/models/route';
import type { RawExchange } from '../../support/rawServer';
import type { Door } from './exposedClient';
import type { Supply } from './supply';

/** Where an attack takes place. */
export interface Scene {
  /** The gateway's own base URL. */
  readonly self: string;
  /** The base URL of somebody to whom neither key nor prompt may go. */
  readonly elsewhere: string;
  readonly supply: Supply;
}

/** One way to do harm to whoever asks. */
export interface Attack {
  readonly name: string;
  /** The ways in that it is tried on. */
  readonly doors: readonly Door[];
  /** What the gateway does with every request. */
  readonly serve: (exchange: RawExchange, scene: Scene) => void | Promise<void>;
  /** How it has to end, per door; see `Outcome.how`. A door without an entry: otherwise than `completed`. */
  readonly ends: Partial<Readonly<Record<Door, RegExp>>>;
  /** Limits in seconds in place of the patient ones. */
  readonly timeouts?: Partial<Timeouts>;
  /** How many requests it may see at most; 1 when absent. */
  readonly requests?: number;
  /** The most that may be taken of what the gateway offers, in bytes; without it nothing is said about that. */
  readonly mostTaken?: number;
}
