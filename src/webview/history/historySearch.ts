import { batch, computed, signal } from '@preact/signals';
import type { HistoryEntry } from '../../shared/messages/toView';
import type { Post } from '../state/createPost';
import type { Replies } from '../state/replies';

/** Typing rests for so many milliseconds before the host is asked. */
const restBeforeAsking = 120;

/** Requests are numbered for the page's whole life: a closed list's late reply is void, too. */
let lastRequest = 0;

type Change = Partial<Pick<HistoryEntry, 'title' | 'pinned' | 'deleted'>>;

/** What the open list shows: the host's latest reply, and at once what was done to it here. */
export class HistorySearch {
  readonly query = signal('');
  /** Deleted while the list is open: these stay in their places. */
  readonly deletedHere = signal<ReadonlySet<string>>(new Set());
  /** Null until the first reply. */
  readonly entries = computed((): readonly HistoryEntry[] | null => {
    const found = this.found.value;
    const changes = this.changes.value;
    return found?.map((entry) => ({ ...entry, ...changes.get(entry.id) })) ?? null;
  });
  /** The query that `entries` answers. */
  readonly answeredQuery = signal('');
  private readonly found = signal<readonly HistoryEntry[] | null>(null);
  private readonly changes = signal<ReadonlyMap<string, Change>>(new Map());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private request = 0;
  private askedQuery = '';

  constructor(private readonly post: Post) {}

  /** Asks for the list anew. */
  ask(): void {
    clearTimeout(this.timer);
    lastRequest += 1;
    this.request = lastRequest;
    this.askedQuery = this.query.peek().trim().slice(0, 200);
    this.post('list-history', { request: this.request, query: this.askedQuery });
  }

  search(query: string): void {
    this.query.value = query;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.ask();
    }, restBeforeAsking);
  }

  /** Takes a reply, unless it is one to an older request. */
  receive(reply: Replies['history']['value']): void {
    if (reply?.request !== this.request) return;
    batch(() => {
      this.found.value = reply.entries;
      this.answeredQuery.value = this.askedQuery;
    });
  }

  rename(id: string, title: string): void {
    this.post('rename-chat', { id, title });
    this.change(id, { title });
  }

  pin(id: string, pinned: boolean): void {
    this.post('pin-chat', { id, pinned });
    this.change(id, { pinned });
  }

  delete(id: string): void {
    this.post('delete-chat', { id });
    this.deletedHere.value = new Set(this.deletedHere.peek()).add(id);
    this.change(id, { deleted: true });
  }

  restore(id: string): void {
    this.post('restore-chat', { id });
    this.change(id, { deleted: false });
  }

  /** The list was closed. */
  dispose(): void {
    clearTimeout(this.timer);
    this.request = -1;
  }

  private change(id: string, change: Change): void {
    const changes = new Map(this.changes.peek());
    this.changes.value = changes.set(id, { ...changes.get(id), ...change });
    this.ask();
  }
}
