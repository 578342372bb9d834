import type { Timeouts } from '../../../src/core/models/route';
import type { RawExchange } from '../../support/rawServer';
import type { Door } from './exposedClient';
import type { Supply } from './supply';

/** The servers of an attack. */
export interface Scene {
  /** The base URL of the gateway. */
  readonly self: string;
  /** The base URL of another server, which must get neither key nor prompt. */
  readonly elsewhere: string;
  readonly supply: Supply;
}

/** One way in which a gateway can harm the user. */
export interface Attack {
  readonly name: string;
  /** The entry points on which the attack is tried. */
  readonly doors: readonly Door[];
  /** The gateway's reply to every request. */
  readonly serve: (exchange: RawExchange, scene: Scene) => void | Promise<void>;
  /** The required ending for each door (see `Outcome.how`). A door without an entry must not end with `completed`. */
  readonly ends: Partial<Readonly<Record<Door, RegExp>>>;
  /** Time limits in seconds instead of the usual ones. */
  readonly timeouts?: Partial<Timeouts>;
  /** The largest number of requests; 1 if absent. */
  readonly requests?: number;
  /** The largest number of bytes that the client may read; not checked if absent. */
  readonly mostTaken?: number;
}
