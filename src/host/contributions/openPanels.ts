import type { Sessions } from '../../core/conversation/sessions';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { Emitter } from '../../shared/kit/emitter';
import type { Page } from './page';

/** A place that shows a chat: the side bar's view, or an editor tab. */
export interface Panel {
  /** The chat that it shows. */
  readonly sessions: Sessions;
  readonly page: Page;
  /** Disposes what features keep for the panel when it closes. */
  readonly subscriptions: DisposableStore;
}

/** The open panels, as the features see them. */
export interface OpenPanels {
  /** The panel that commands are about: the one that the user used last. If that is hidden, the side bar. */
  readonly used: Panel;
  /** All panels. The side bar is the first, whether VS Code shows it or not. */
  readonly all: readonly Panel[];
  /** Fires when another panel is used. */
  readonly usedChanged: Emitter<void>;
  /** Fires when the chat of a panel changes, also with a new panel. */
  readonly chatChanged: Emitter<Panel>;
}
