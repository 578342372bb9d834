/** Parley's panel itself: text comes to it as the host's events. */
import { packToViewMessage } from '../../../../src/shared/messages/readToViewMessage';
import type { ToViewMessage } from '../../../../src/shared/messages/toView';
import { offer } from '../driver';

/** The answer that grows, and the number of the last message that the page got. */
interface Growing {
  readonly id: string;
  revision: number;
}

declare global {
  interface Window {
    /** Called once the panel has its conversation. */
    offerPanel: (growing: Growing) => void;
  }
}

window.offerPanel = (growing) => {
  let began = false;
  offer({
    fillStep: 1600,
    append: (text) => {
      growing.revision += 1;
      const events = [{ kind: 'text-appended', id: growing.id, text, at: Date.now() }] as const;
      const message: ToViewMessage = began
        ? { type: 'text', body: text }
        : { type: 'events', body: { revision: growing.revision, events } };
      began = true;
      dispatchEvent(new MessageEvent('message', { data: structuredClone(packToViewMessage(message)) }));
    },
  });
};
