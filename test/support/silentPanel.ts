import type { Sessions } from '../../src/core/conversation/sessions';
import type { Page } from '../../src/host/contributions/page';
import type { Panel } from '../../src/host/contributions/openPanels';
import { DisposableStore } from '../../src/shared/kit/disposable';
import { Emitter } from '../../src/shared/kit/emitter';

/** A panel whose page passes its messages to `send` and does nothing else. */
export function silentPanel(sessions: Sessions, send: (type: string, body: unknown) => void): Panel {
  const page: Page = {
    isVisible: true,
    pageEnded: new Emitter(() => undefined),
    reveal: () => Promise.resolve(),
    showPart: () => Promise.resolve(),
    send,
  };
  return { sessions, page, subscriptions: new DisposableStore() };
}
