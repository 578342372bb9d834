import { batch, computed, signal } from '@preact/signals';
import type { HistoryEntry } from '../../shared/messages/toView';
import type { Post } from '../state/createPost';
import type { Replies } from '../state/replies';

/** How long typing must pause before the host is asked, in milliseconds. */
const restBeforeAsking = 120;

/** Request numbers only grow while the page lives, so that a late reply to a closed list is ignored too. */
let lastRequest = 0;

type Change = Partial<Pick<HistoryEntry, 'title' | 'pinned' | 'deleted'>>;

/** The content of the open list: the host's last reply, changed at once by the user's actions. */
export class HistorySearch {
  readonly query = signal('');
  /** Deleted while the list is open. These stay in their places. */
  readonly deletedHere = signal<ReadonlySet<string>>(new Set());
  /** Null until the first reply. */
  readonly entries = computed((): readonly HistoryEntry[] | null => {
    const found = this.found.value;
    const changes = this.changes.value;
    return found?.map((entry) => ({ ...entry, ...changes.get(entry.id) })) ?? null;
  });
  /** The query that `entries` belongs to. */
  readonly answeredQuery = signal('');
  private readonly found = signal<readonly HistoryEntry[] | null>(null);
  private readonly changes = signal<ReadonlyMap<string, Change>>(new Map());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private request = 0;
  private askedQuery = '';

  constructor(private readonly post: Post) {}

  /** Asks for the list again. */
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

  /** Accepts a reply, unless it belongs to an older request. */
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

  /** To be called when the list was closed. */
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
