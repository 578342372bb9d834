/** The task of a window process in a library. Sent to it as one line of JSON. */
export interface WindowTask {
  readonly folder: string;
  /** Distinguishes its messages from those of other windows. */
  readonly writer: string;
  readonly seed: number;
  /** The conversations in which it continues. */
  readonly live: readonly string[];
  readonly removed: readonly string[];
  /** Added to the time in milliseconds, below one, so that no two windows write the same event. */
  readonly clockOffset: number;
  /** The number of acts after which it ends; null if it continues until it is killed. */
  readonly mostActs: number | null;
  /** Makes the process kill itself at one of its file operations, counted from 1. */
  readonly death: Death | null;
}

/** The moment at which a process is killed. */
export interface Death {
  /** The name of a file operation; null for any. */
  readonly operation: string | null;
  /** The first, second … operation of that name. */
  readonly count: number;
  /**
   * `during`: the system has been asked and has not answered. `amid`: a part of the bytes is written, as if the kill
   * came between two pages of a write.
   */
  readonly moment: 'before' | 'during' | 'amid' | 'after';
}

export const actKinds = [
  'first-append',
  'append',
  'stream',
  'title',
  'pin',
  'list',
  'search',
  'load',
  'remove',
  'restore',
  'draft',
] as const;

export type ActKind = (typeof actKinds)[number];

/** What a window process reports while it works: one line of JSON each, written before anything else happens. */
export type WindowLine =
  | { readonly says: 'ready' }
  /** An act begins. `atoms` are what it appends to the conversation `id` (see `atomsOf`). */
  | {
      readonly says: 'begins';
      readonly act: number;
      readonly kind: ActKind;
      readonly id: string;
      readonly atoms: readonly string[];
    }
  /** An act was acknowledged. */
  | { readonly says: 'acknowledged'; readonly act: number }
  /** An act was rejected, because the conversation is removed. */
  | { readonly says: 'refused'; readonly act: number }
  /** The process kills itself at this operation. */
  | { readonly says: 'dies'; readonly operation: string }
  /** Something that must not happen. */
  | { readonly says: 'complains'; readonly message: string }
  | { readonly says: 'done' };
