import type { ToHost, ToHostMessage } from '../../shared/messages/toHost';

/** A request of the panel's page. The messages that concern the page alone are handled by the panel itself. */
export type Intent = Exclude<ToHostMessage, { type: 'ready' | 'remember-view' }>;

/** The code of every intent, by its type. The features contribute it. */
export type IntentTable = {
  readonly [Type in Intent['type']]: (body: ToHost[Type]) => void | PromiseLike<void>;
};

/** Carries out intents. There are no replies: a change comes back to the page as an event or a state. */
export class Intents {
  constructor(private readonly table: IntentTable) {}

  /** Carries out one message of the page, which the caller has validated. */
  async handle(message: Intent): Promise<void> {
    // TypeScript can't relate the type of a message to the type of its body through a table.
    await (this.table[message.type] as (body: unknown) => void | PromiseLike<void>)(message.body);
  }
}
