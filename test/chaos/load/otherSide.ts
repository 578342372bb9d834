import { ViewSync } from '../../../src/host/panel/viewSync';
import type { Session } from '../../../src/core/conversation/session';
import type { PanelState, ToViewMessage } from '../../../src/shared/messages/toView';
import { PanelStore } from '../../../src/webview/state/panelStore';

/** Surroundings of which nothing here depends. */
export const plainState: PanelState = {
  model: null,
  gateways: [],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

/** The panel's own book, on the other side of the glass: everything reaches it as JSON, as VS Code sends it. */
export class OtherSide {
  /** Messages that came. */
  received = 0;
  private readonly store = new PanelStore(
    () => {
      throw new Error('The view saw a gap in the revisions.');
    },
    { conversationShown: () => undefined, caughtUp: () => undefined, messageAdded: () => undefined },
  );

  receive(message: ToViewMessage): void {
    this.received += 1;
    this.store.receive(JSON.parse(JSON.stringify(message)) as ToViewMessage);
  }

  /** The text of an answer whose end is known here; undefined before. */
  endedTextOf(id: string): string | undefined {
    const facts = this.store.message(id)?.peek();
    const isOver = facts?.role === 'assistant' && facts.ending !== null;
    return isOver ? this.store.textOf(id) : undefined;
  }

  /** The text of an answer as far as it came. */
  textOf(id: string): string {
    return this.store.textOf(id);
  }
}

/** A view of its own for a session, as the panel has one. */
export function watch(session: Session): { readonly view: OtherSide; readonly sync: ViewSync } {
  const view = new OtherSide();
  const sync = new ViewSync(
    (message) => {
      view.receive(message);
    },
    () => performance.now(),
  );
  sync.show(session, plainState);
  return { view, sync };
}
