import type { Translate } from '../../../shared/kit/translate';

/** A code block as its buttons hand it on (see `apply-code` in `src/shared/messages/toHost.ts`). */
export interface ShownCode {
  readonly text: string;
  /** The fence's info string; at most 1,000 characters. */
  readonly info: string;
  /** The words between it and the block before; at most the last 1,000 characters. */
  readonly before: string;
}

/** What the buttons of a code block do. A button whose action is missing is not there. */
export interface CodeActions {
  t: Translate;
  copyCode(text: string): void;
  insertCode(text: string): void;
  applyCode?(block: ShownCode): void;
  newFile?(block: ShownCode): void;
  runInTerminal?(text: string): void;
}
