/**
 * The program of a window that the durability tests kill, or run next to another one. Reports that it is ready, reads a
 * `WindowTask` from its input, and then streams answers into conversations while it lists, searches, renames, pins, removes,
 * restores and saves drafts. Reports each act on its output, before and after it.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as letOthersRun, setTimeout as wait } from 'node:timers/promises';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import type { Log } from '../../../src/core/ports/log';
import { ViewStateFile } from '../../../src/host/storage/viewStateFile';
import { selectedPath } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { Corruption } from '../../../src/storage/library/corruptionWatch';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { StorageError } from '../../../src/storage/files/storageError';
import { answerEvent, endEvent, textEvent } from '../../support/storage/exampleEvents';
import { atomsOf, pieceText } from './atoms';
import { dyingFileSystem } from './dyingFileSystem';
import { RandomNumbers } from './randomNumbers';
import type { ActKind, WindowLine, WindowTask } from './windowTask';

function say(line: WindowLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

const complain = (message: string): void => {
  say({ says: 'complains', message });
};

const chores = ['list', 'search', 'title', 'pin', 'remove', 'restore', 'restore', 'draft'] as const;

class WindowProcess {
  private readonly random: RandomNumbers;
  private readonly store: ConversationStore;
  private readonly drafts: ViewStateFile;
  private readonly live: Set<string>;
  private readonly removed: Set<string>;
  private acts = 0;
  private names = 0;

  constructor(private readonly task: WindowTask) {
    this.random = new RandomNumbers(task.seed);
    this.live = new Set(task.live);
    this.removed = new Set(task.removed);
    const fileSystem = dyingFileSystem(task.death, (operation) => {
      say({ says: 'dies', operation });
    });
    const warn = (message: string): void => {
      if (/rebuilt|has \d+ now|could not|left behind/.test(message)) complain(message);
    };
    const error = (message: string): void => {
      if (!message.includes('was removed')) complain(message);
    };
    const log: Log = { info: () => undefined, warn, error };
    const onDamage = (damage: Corruption): void => {
      // A line that a kill has truncated may look like a damaged one.
      if (damage.kind !== 'damaged') complain(JSON.stringify(damage));
    };
    this.store = createConversationStore({ folder: task.folder, log, now: Date.now, fileSystem, onDamage });
    this.drafts = new ViewStateFile(join(task.folder, 'views', 'viewState.json'), log, fileSystem);
  }

  async run(): Promise<void> {
    await Promise.all([this.streamAnswers(), this.keepHouse()]);
    await this.store.flush();
    say({ says: 'done' });
  }

  private get isOver(): boolean {
    return this.task.mostActs !== null && this.acts >= this.task.mostActs;
  }

  private async streamAnswers(): Promise<void> {
    while (!this.isOver) {
      const id = this.random.once(3) ? undefined : this.random.oneOf([...this.live]);
      const written = await (id === undefined ? this.beginConversation() : this.goOnWith(id));
      // Usually waits; otherwise the next answer begins while this one is still being written.
      if (!this.random.once(3)) await Promise.all(written);
    }
  }

  private async beginConversation(): Promise<Promise<void>[]> {
    const id = this.newName('c');
    const at = this.now();
    const prompt = this.newName('p');
    const first = this.append('first-append', id, [
      { kind: 'conversation-created', id, at },
      { kind: 'title-changed', title: `Title ${prompt}`, source: 'prompt', at },
      this.promptEvent(prompt, null),
    ]);
    // A new conversation may be renamed or removed at once.
    this.live.add(id);
    return [first, ...(await this.answer(id, prompt))];
  }

  private async goOnWith(id: string): Promise<Promise<void>[]> {
    const conversation = await this.act('load', id, () => this.store.load(id));
    const parent = (conversation && selectedPath(conversation).at(-1)?.id) ?? null;
    const prompt = this.newName('p');
    const written = this.append('append', id, [this.promptEvent(prompt, parent)]);
    return [written, ...(await this.answer(id, prompt))];
  }

  private async answer(id: string, prompt: string): Promise<Promise<void>[]> {
    const answer = this.newName('a');
    const written = [this.append('append', id, [answerEvent(answer, prompt, this.now())])];
    const count = this.random.below(12);
    for (let index = 0; index < count; index += 1) {
      // A long event needs several disk writes, between which a kill may come.
      const length = this.random.once(30) ? this.random.below(200_000) : this.random.below(100);
      const piece = textEvent(answer, pieceText(this.newName('t'), length), this.now());
      written.push(this.append('stream', id, [piece]));
      if (this.random.once(3)) await letOthersRun();
      if (this.random.once(8)) await this.store.flush();
    }
    if (!this.random.once(5)) written.push(this.append('append', id, [endEvent(answer, this.now())]));
    else written.push(this.store.flush());
    return written;
  }

  private async keepHouse(): Promise<void> {
    while (!this.isOver) {
      await this.doOneChore();
      if (this.random.once(2)) await wait(this.random.below(3));
    }
  }

  private async doOneChore(): Promise<void> {
    const { store } = this;
    const live = this.random.oneOf([...this.live]) ?? '';
    const removed = this.random.oneOf([...this.removed]) ?? '';
    const chore = this.random.oneOf(chores);
    if (chore === 'list') {
      await this.act('list', '', async () => {
        await store.list();
        await store.flush();
      });
    } else if (chore === 'search') {
      await this.act('search', '', () => store.search('Words'));
    } else if (chore === 'draft') {
      await this.saveDraft();
    } else if (chore === 'restore' && removed !== '') {
      await this.act('restore', removed, () => store.restore(removed));
      this.removed.delete(removed);
      this.live.add(removed);
    } else if (chore === 'remove' && live !== '') {
      await this.act('remove', live, () => store.remove(live));
      this.live.delete(live);
      this.removed.add(live);
    } else if ((chore === 'title' || chore === 'pin') && live !== '') {
      await this.change(live, chore);
    }
  }

  private async change(id: string, what: 'title' | 'pin'): Promise<void> {
    // Like a window, it changes only what it knows.
    await this.act('load', id, () => this.store.load(id));
    const at = this.now();
    const title = this.newName('title');
    const pinned = this.random.once(2);
    await this.append(what, id, [
      what === 'title'
        ? { kind: 'title-changed', title, source: 'user', at }
        : { kind: 'pin-changed', pinned, at },
    ]);
  }

  private async saveDraft(): Promise<void> {
    const changedAt = Date.now() * 1_000 + this.acts;
    await this.act('draft', String(changedAt), async () => {
      this.drafts.save({ changedAt, views: [{ key: 'c', draft: 'Words '.repeat(50), anchor: null }] });
      await this.drafts.flush();
    });
  }

  private append(kind: ActKind, id: string, events: readonly ConversationEvent[]): Promise<void> {
    return this.act(kind, id, () => this.store.append(id, events), events.flatMap(atomsOf));
  }

  private async act<Result>(
    kind: ActKind,
    id: string,
    action: () => Promise<Result>,
    atoms: readonly string[] = [],
  ): Promise<Result | undefined> {
    this.acts += 1;
    const act = this.acts;
    say({ says: 'begins', act, kind, id, atoms });
    try {
      const result = await action();
      say({ says: 'acknowledged', act });
      return result;
    } catch (error) {
      const isRefusal = error instanceof StorageError && ['removed', 'not-found'].includes(error.kind);
      if (!isRefusal) complain(`${kind}: ${String(error)}`);
      say({ says: 'refused', act });
      // Another window has removed the conversation.
      this.live.delete(id);
      if (isRefusal && error.kind === 'removed') this.removed.add(id);
      return undefined;
    }
  }

  private promptEvent(id: string, parent: string | null): ConversationEvent {
    const content = { role: 'user' as const, text: `Words of ${id}`, attachments: [] };
    return { kind: 'message-added', id, parent, at: this.now(), content };
  }

  private now(): number {
    return Date.now() + this.task.clockOffset;
  }

  private newName(kind: string): string {
    this.names += 1;
    return `${this.task.writer}-${kind}${this.names}`;
  }
}

say({ says: 'ready' });
createInterface(process.stdin).once('line', (line) => {
  new WindowProcess(JSON.parse(line) as WindowTask).run().then(
    () => process.exit(),
    (error: unknown) => {
      complain(String(error));
      process.exit(1);
    },
  );
});
