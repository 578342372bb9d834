import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { Chunk } from './chunk';

/** Reads the events of a reply in the format of one endpoint. An instance reads one reply. */
export interface ReplyFormat {
  /** Reads a parsed event, or a whole reply. Throws nothing and ignores invalid fields. */
  read(value: unknown): Chunk;
  /** The reasoning that the endpoint demands back with the results of the tools; undefined if there is none. Called at the end. */
  keptReasoning(): KeptReasoning | undefined;
}
