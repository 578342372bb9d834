import { batch, computed, signal } from '@preact/signals';
import type { PanelParts } from '../state/panelParts';
import { firstInSight } from '../scrolling/firstInSight';
import { placesOfText } from '../kit/placesOfText';
import { ShownText } from './shownText';
import { showRange } from './showRange';

/** The most marks. More do not help and cost the browser time. */
const mostMarks = 2_000;

/** How many drawn messages are read before a query is answered. The others are read in idle time. */
const readAtOnce = 40;

/** How many messages are read at least in a page that is never idle. */
const readPerSlice = 4;

interface Found {
  /** Index of the message on the path. */
  readonly message: number;
  /** Index of the match within the message, from 0. */
  readonly ordinal: number;
}

/**
 * Searches the displayed conversation. In drawn messages, it searches the visible text after that text was collected
 * from the page. Until then, and in messages that are not drawn yet, it searches the texts of the store. Marks are
 * highlights of the browser, so the elements of the page do not change.
 */
export class ChatSearch {
  readonly query = signal('');
  readonly matchCase = signal(false);
  readonly total = computed(() => this.counts.value.reduce((sum, count) => sum + count, 0));
  /** The number of the current match, from 1; 0 for none. */
  readonly position = computed(() => {
    const current = this.current.value;
    if (current === null) return 0;
    const before = this.counts.value.slice(0, current.message).reduce((sum, count) => sum + count, 0);
    return Math.min(before + current.ordinal + 1, this.total.value);
  });
  private readonly counts = signal<readonly number[]>([]);
  private readonly current = signal<Found | null>(null);
  /** The texts of drawn messages, until they change. */
  private readonly texts = new Map<Element, ShownText>();
  /** The places of the matches in them. */
  private readonly finds = new Map<Element, readonly StaticRange[]>();
  private readonly changes = new MutationObserver((records) => {
    this.forget(records);
  });
  private request: number | null = null;

  constructor(private readonly parts: Pick<PanelParts, 'store' | 'history' | 'follower'>) {}

  /** Starts to follow the drawn messages and their texts. */
  start(): void {
    const root = document.querySelector('.panel-body');
    if (root === null) return;
    this.changes.observe(root, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ['open'],
    });
    this.readLater();
  }

  stop(): void {
    this.changes.disconnect();
    if (this.request !== null) cancelIdleCallback(this.request);
    CSS.highlights.delete('parley-find');
    CSS.highlights.delete('parley-find-current');
  }

  /** Starts another search, from the visible part on. */
  search(query: string, matchCase: boolean): void {
    batch(() => {
      this.query.value = query;
      this.matchCase.value = matchCase;
      this.finds.clear();
      this.current.value = null;
      let left = readAtOnce;
      this.read(() => left-- > 0);
      this.count();
      const next = this.nextInSight();
      if (next !== null) this.go(next);
      else this.mark();
    });
  }

  /** Goes to the next match (1) or the previous one (-1), and around the ends. */
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
      if (message !== null && message !== undefined) this.forgetMessage(message);
    }
    this.readLater();
  }

  private forgetMessage(element: Element): void {
    this.texts.delete(element);
    this.finds.delete(element);
  }

  /** Reads more messages in idle time. While an answer streams, the count can be a little late. */
  private readLater(): void {
    this.request ??= requestIdleCallback(
      (deadline) => {
        this.request = null;
        let least = readPerSlice;
        const isAllRead = this.read(() => least-- > 0 || deadline.timeRemaining() > 2);
        if (!isAllRead) this.readLater();
        if (this.query.peek() === '') return;
        if (isAllRead) this.count();
        this.mark();
      },
      { timeout: 500 },
    );
  }

  /**
   * Reads drawn messages, beginning beside the current match or else at the end, as long as time allows. Returns true
   * when all are read.
   */
  private read(mayGoOn: () => boolean): boolean {
    const drawn = drawnMessages();
    for (const element of this.texts.keys()) if (!element.isConnected) this.forgetMessage(element);
    const path = this.parts.store.path.peek();
    const middle = this.current.peek()?.message ?? path.length - 1;
    for (let distance = 0; distance < path.length; distance += 1) {
      for (const index of distance === 0 ? [middle] : [middle - distance, middle + distance]) {
        const element = drawn.get(path[index] ?? '');
        if (element === undefined || this.texts.has(element)) continue;
        if (!mayGoOn()) return false;
        this.texts.set(element, new ShownText(element));
      }
    }
    return true;
  }

  private count(): void {
    const drawn = drawnMessages();
    this.counts.value = this.parts.store.path.peek().map((id) => {
      const element = drawn.get(id);
      return element !== undefined && this.texts.has(element)
        ? this.findsOf(element).length
        : this.countText(id);
    });
    if (this.total.peek() === 0) this.current.value = null;
  }

  private countText(id: string): number {
    const { store } = this.parts;
    const facts = store.message(id)?.peek();
    const text = facts?.role === 'user' ? facts.text : store.textOf(id);
    return placesOfText(text, this.query.peek(), this.matchCase.peek()).length;
  }

  private findsOf(element: Element): readonly StaticRange[] {
    const known = this.finds.get(element);
    if (known !== undefined) return known;
    const text = this.texts.get(element) ?? new ShownText(element);
    const finds = text.find(this.query.peek(), this.matchCase.peek());
    this.texts.set(element, text);
    this.finds.set(element, finds);
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

  /** The first match at or below the top of the visible part; otherwise the first of all. */
  private nextInSight(): Found | null {
    const drawn = drawnMessages();
    const path = this.parts.store.path.peek();
    const first = path.indexOf(idInSight());
    const message = this.counts.peek().findIndex((count, index) => {
      const element = drawn.get(path[index] ?? '');
      // The text of the store may contain the words where the page does not display them.
      return count > 0 && index >= first && (element === undefined || this.findsOf(element).length > 0);
    });
    return message === -1 || first === -1 ? this.foundAt(0) : { message, ordinal: 0 };
  }

  private go(found: Found): void {
    const { store, history, follower } = this.parts;
    this.current.value = found;
    follower.release();
    history.reach(found.message);
    const id = store.path.peek()[found.message];
    // A message that was not drawn is drawn in the next frame, and its number of matches can differ.
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
      if (index !== current?.message && !this.texts.has(element)) continue;
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

/** The top of the first visible message; in a comparison, that of the prompt above. */
function idInSight(): string {
  const scroller = document.querySelector('.transcript');
  const id = scroller === null ? null : firstInSight(scroller)?.getAttribute('data-message');
  return (id ?? '').replace(/^comparison /, '');
}
