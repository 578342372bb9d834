import type { ToHost, ToHostMessage } from '../../shared/messages/toHost';
import type { Panel } from './openPanels';

/** A request of a panel's page. The messages that concern the page alone are handled by the panel itself. */
export type Intent = Exclude<ToHostMessage, { type: 'ready' | 'remember-view' | 'page-focused' }>;

/** The code of every intent, by its type. The features contribute it. `panel` is the panel whose page sent it. */
export type IntentTable = {
  readonly [Type in Intent['type']]: (body: ToHost[Type], panel: Panel) => void | PromiseLike<void>;
};

/** Carries out the intents of one panel. There are no replies: a change comes back to the page as an event or a state. */
export class Intents {
  constructor(
    private readonly table: IntentTable,
    private readonly panel: Panel,
  ) {}

  /** Carries out one message of the page, which the caller has validated. */
  async handle(message: Intent): Promise<void> {
    // TypeScript can't relate the type of a message to the type of its body through a table.
    await (this.table[message.type] as (body: unknown, panel: Panel) => void | PromiseLike<void>)(
      message.body,
      this.panel,
    );
  }
}
