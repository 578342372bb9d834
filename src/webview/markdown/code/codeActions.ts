import type { Translate } from '../../../shared/kit/translate';

/** The code block that a button acts on (see `apply-code` in `src/shared/messages/toHost.ts`). */
export interface ShownCode {
  readonly text: string;
  /** The fence's info string; at most 1,000 characters. */
  readonly info: string;
  /** The words between this block and the block before; at most the last 1,000 characters. */
  readonly before: string;
}

/** The actions of a code block's buttons. A button without an action is not displayed. */
export interface CodeActions {
  t: Translate;
  copyCode(text: string): void;
  insertCode(text: string): void;
  applyCode?(block: ShownCode): void;
  newFile?(block: ShownCode): void;
  runInTerminal?(text: string): void;
}
