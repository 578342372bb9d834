import * as v from 'valibot';
import type { Session } from '../../core/conversation/session';
import type { Log } from '../../core/ports/log';
import { StoredValue, type Memory } from '../memory/storedValue';

/** Most tabs that are remembered. */
const mostTabs = 100;

const tabSchema = v.object({
  /** The key of the tab. */
  tab: v.string(),
  /** The id of the conversation that the tab shows. */
  chat: v.string(),
  /** True if the conversation has no message. */
  isNew: v.boolean(),
});

/** A tab and its conversation. */
type RememberedTab = v.InferOutput<typeof tabSchema>;

/**
 * Which conversation each editor tab shows. VS Code keeps the state of a tab's page, too, but it writes that to disk only now and
 * then: after a crash, or a reload in a browser, it may be that of an earlier conversation.
 */
export class TabMemory {
  /** The tab that changed last is the last. */
  private readonly tabs: StoredValue<readonly RememberedTab[]>;

  constructor(memory: Memory, log: Log) {
    this.tabs = new StoredValue<readonly RememberedTab[]>(memory, log, {
      key: 'chatEditors',
      schema: v.array(tabSchema),
      fallback: [],
      name: 'the chats of editor tabs',
    });
  }

  /** What a tab showed last. */
  of(tab: string): RememberedTab | undefined {
    return this.tabs.get().find((one) => one.tab === tab);
  }

  /** Remembers what a tab shows now. */
  note(tab: string, { conversation, empty }: Session): void {
    const before = this.of(tab);
    if (before?.chat === conversation.id && before.isNew === empty) return;
    const others = this.tabs.get().filter((one) => one.tab !== tab);
    this.tabs.set([...others, { tab, chat: conversation.id, isNew: empty }].slice(-mostTabs));
  }
}
