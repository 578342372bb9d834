import { batch, computed, signal } from '@preact/signals';
import type { PanelParts } from '../panelContext';
import { findShownText } from './shownText';
import { placesOfText } from './placesOfText';
import { showRange } from './showRange';

/** More marks than this help nobody and cost the browser time. */
const mostMarks = 2_000;

interface Found {
  /** Index of the message on the path. */
  readonly message: number;
  /** Which of the message's finds, counted from 0. */
  readonly ordinal: number;
}

/**
 * Searches the shown conversation. Of messages that are drawn, what can be read is searched; of those that are not
 * yet, the texts of the store. Marks are highlights of the browser: the page's elements stay as they are.
 */
export class ChatSearch {
  readonly query = signal('');
  readonly matchCase = signal(false);
  readonly total = computed(() => this.counts.value.reduce((sum, count) => sum + count, 0));
  /** Which find is the current one, counted from 1; 0 for none. */
  readonly position = computed(() => {
    const current = this.current.value;
    if (current === null) return 0;
    const before = this.counts.value.slice(0, current.message).reduce((sum, count) => sum + count, 0);
    return Math.min(before + current.ordinal + 1, this.total.value);
  });
  private readonly counts = signal<readonly number[]>([]);
  private readonly current = signal<Found | null>(null);
  /** The finds of drawn messages, until these change. */
  private readonly known = new Map<Element, readonly StaticRange[]>();
  private readonly changes = new MutationObserver((records) => {
    this.forget(records);
  });
  private request: number | null = null;

  constructor(private readonly parts: Pick<PanelParts, 'store' | 'history' | 'follower'>) {}

  /** Follows what is drawn and said from now on. */
  start(): void {
    const root = document.querySelector('.panel-body');
    if (root === null) return;
    this.changes.observe(root, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ['open'],
    });
  }

  stop(): void {
    this.changes.disconnect();
    if (this.request !== null) cancelIdleCallback(this.request);
    CSS.highlights.delete('parley-find');
    CSS.highlights.delete('parley-find-current');
  }

  /** Looks for something else, from what is in sight on. */
  search(query: string, matchCase: boolean): void {
    batch(() => {
      this.query.value = query;
      this.matchCase.value = matchCase;
      this.known.clear();
      this.current.value = null;
      this.count();
      const next = this.firstInSight();
      if (next !== null) this.go(next);
      else this.mark();
    });
  }

  /** Goes to the find after the current one (1) or before it (-1), around the ends. */
  step(direction: 1 | -1): void {
    this.count();
    const total = this.total.peek();
    if (total === 0) return;
    const position = this.position.peek();
    const next = position === 0 ? (direction === 1 ? 0 : total - 1) : position - 1 + direction;
    const found = this.foundAt((next + total) % total);
    if (found !== null) this.go(found);
  }

  private forget(records: readonly MutationRecord[]): void {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const message = element?.closest('[data-message]');
      if (message !== null && message !== undefined) this.known.delete(message);
    }
    // While the page is busy with an answer, the count may lag behind, but not for long.
    this.request ??= requestIdleCallback(
      () => {
        this.request = null;
        this.count();
        this.mark();
      },
      { timeout: 500 },
    );
  }

  private count(): void {
    const { store } = this.parts;
    const drawn = drawnMessages();
    for (const element of this.known.keys()) if (!element.isConnected) this.known.delete(element);
    this.counts.value = store.path.peek().map((id) => {
      const element = drawn.get(id);
      return element === undefined ? this.countText(id) : this.findsOf(element).length;
    });
    if (this.total.peek() === 0) this.current.value = null;
  }

  private countText(id: string): number {
    const { store } = this.parts;
    const facts = store.message(id)?.peek();
    const text = facts?.role === 'user' ? facts.text : store.textOf(id, 'text');
    return placesOfText(text, this.query.peek(), this.matchCase.peek()).length;
  }

  private findsOf(element: Element): readonly StaticRange[] {
    const known = this.known.get(element);
    if (known !== undefined) return known;
    const finds = findShownText(element, this.query.peek(), this.matchCase.peek());
    this.known.set(element, finds);
    return finds;
  }

  private foundAt(index: number): Found | null {
    let left = index;
    for (const [message, count] of this.counts.peek().entries()) {
      if (left < count) return { message, ordinal: left };
      left -= count;
    }
    return null;
  }

  /** The first find that is not above what the reader sees; else the first of all. */
  private firstInSight(): Found | null {
    const top = document.querySelector('.transcript')?.getBoundingClientRect().top ?? 0;
    const drawn = drawnMessages();
    const path = this.parts.store.path.peek();
    const message = this.counts.peek().findIndex((count, index) => {
      const element = drawn.get(path[index] ?? '');
      return count > 0 && element !== undefined && element.getBoundingClientRect().bottom > top;
    });
    return message === -1 ? this.foundAt(0) : { message, ordinal: 0 };
  }

  private go(found: Found): void {
    const { store, history, follower } = this.parts;
    this.current.value = found;
    follower.release();
    history.reach(found.message);
    const id = store.path.peek()[found.message];
    // What was not drawn is in the next frame; its count may turn out to be another.
    requestAnimationFrame(() => {
      if (this.current.peek() !== found) return;
      this.count();
      this.mark();
      const element = drawnMessages().get(id ?? '');
      if (element === undefined) return;
      const finds = this.findsOf(element);
      const range = finds[Math.min(found.ordinal, finds.length - 1)];
      if (range !== undefined) showRange(range, () => this.current.peek() === found);
      else element.scrollIntoView({ block: 'center' });
    });
  }

  private mark(): void {
    const path = this.parts.store.path.peek();
    const current = this.current.peek();
    const all: StaticRange[] = [];
    let chosen: StaticRange | undefined;
    const drawn = drawnMessages();
    for (const [index, id] of path.entries()) {
      const element = drawn.get(id);
      if (element === undefined || (this.counts.peek()[index] ?? 0) === 0) continue;
      const finds = this.findsOf(element);
      if (index === current?.message) chosen = finds[Math.min(current.ordinal, finds.length - 1)];
      if (all.length < mostMarks) all.push(...finds);
    }
    CSS.highlights.set('parley-find', new Highlight(...all.slice(0, mostMarks)));
    const marked = new Highlight(...(chosen === undefined ? [] : [chosen]));
    marked.priority = 1;
    CSS.highlights.set('parley-find-current', marked);
  }
}

function drawnMessages(): Map<string, Element> {
  const drawn = new Map<string, Element>();
  for (const element of document.querySelectorAll('.transcript [data-message]')) {
    drawn.set(element.getAttribute('data-message') ?? '', element);
  }
  return drawn;
}
