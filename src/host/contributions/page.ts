import type { Emitter } from '../../shared/kit/emitter';
import type { PanelPart, ToView } from '../../shared/messages/toView';

/** A message to the page that is not part of a conversation or its state. */
export type PageMessage = Exclude<keyof ToView, 'snapshot' | 'events' | 'state'>;

/** The page of a panel, as the features see it. */
export interface Page {
  /** True while VS Code shows the panel. */
  readonly isVisible: boolean;
  /** Fires when there is no page any longer. */
  readonly pageEnded: Emitter<void>;
  /** Shows the panel and moves the focus to the message field. */
  reveal(): Promise<void>;
  /** Shows the panel with one of its parts open. */
  showPart(part: PanelPart): Promise<void>;
  /** Sends the page a message; does nothing if there is no page. */
  send<Type extends PageMessage>(type: Type, body: ToView[Type]): void;
}
