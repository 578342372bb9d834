/** What a window process is to do with a library. Crosses to it as one line of JSON. */
export interface WindowTask {
  readonly folder: string;
  /** Distinguishes its messages from those of all other windows. */
  readonly writer: string;
  readonly seed: number;
  /** Conversations to go on with. */
  readonly live: readonly string[];
  readonly removed: readonly string[];
  /** Added to the time of day in milliseconds, below one: no two windows write the same event. */
  readonly clockOffset: number;
  /** Number of acts after which it ends; null when it goes on until it is killed. */
  readonly mostActs: number | null;
  /** Makes the process kill itself at one of its file operations, counted from 1. */
  readonly death: Death | null;
}

/** A moment in a process's life at which it is killed. */
export interface Death {
  /** The name of a file operation; null for any. */
  readonly operation: string | null;
  /** The first, the second … operation of that name. */
  readonly count: number;
  /**
   * `during` stands for: the system was asked and has not answered; `amid`: a part of the bytes is written, as when the kill
   * comes between two pages of a write.
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

/** What a window process tells while it works, one line of JSON each, written before anything else happens. */
export type WindowLine =
  | { readonly says: 'ready' }
  /** An act begins. `atoms` are what it appends to the conversation `id`, see `atomsOf`. */
  | {
      readonly says: 'begins';
      readonly act: number;
      readonly kind: ActKind;
      readonly id: string;
      readonly atoms: readonly string[];
    }
  /** An act was acknowledged. */
  | { readonly says: 'acknowledged'; readonly act: number }
  /** An act was refused, because the conversation is removed. */
  | { readonly says: 'refused'; readonly act: number }
  /** The process kills itself at this operation. */
  | { readonly says: 'dies'; readonly operation: string }
  /** Something that must not happen. */
  | { readonly says: 'complains'; readonly message: string }
  | { readonly says: 'done' };
