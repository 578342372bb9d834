import { signal } from '@preact/signals';
import type { Disposable } from '../../shared/kit/disposable';
import type { ScrollAnchor } from '../../shared/messages/viewState';
import { firstInSight } from './firstInSight';

/** A reader who scrolls to within this many pixels of the end has returned to it. */
const nearEnd = 24;

/**
 * How many frames the position is corrected, because elements get their true size some frames after they become
 * visible.
 */
const framesToRest = 12;

/** A position that the browser limits to the end, in pixels. */
const beyondEnd = 1e9;

/** Elements that change the size of something below them when they are pressed. */
const resizing = 'summary, .resizes';

/**
 * Keeps the end of the conversation visible while it grows, until the reader scrolls up, and again when the reader
 * returns to the end.
 */
export class ScrollFollower {
  /** True if there is something below to jump to. */
  readonly away = signal(false);
  private following = true;
  private scroller: HTMLElement | null = null;
  private lastTop = 0;
  private wantedAnchor: ScrollAnchor | null = null;
  /** The element that keeps its position while something below it changes its size. */
  private held: Element | null = null;

  /** @param saveAnchor Receives the reader's position each time scrolling has stopped. */
  constructor(private readonly saveAnchor: (anchor: ScrollAnchor | null) => void) {}

  /** Sets the start: a position that was left, as soon as it is drawn, or the end. */
  begin(anchor: ScrollAnchor | null): void {
    this.wantedAnchor = anchor;
    this.following = anchor === null;
    this.away.value = anchor !== null;
  }

  /** Controls a scrolling element with its single child. */
  attach(scroller: HTMLElement, content: HTMLElement): Disposable {
    this.scroller = scroller;
    // It is new, and asking it would only cost a layout.
    this.lastTop = 0;
    const sizes = new ResizeObserver(() => {
      this.settle();
    });
    sizes.observe(scroller);
    sizes.observe(content);
    const listening = new AbortController();
    const options = { passive: true, signal: listening.signal } as const;
    const letGo = (): void => {
      this.wantedAnchor = null;
      this.held = null;
    };
    scroller.addEventListener('pointerdown', letGo, options);
    scroller.addEventListener(
      'click',
      ({ target }) => {
        const pressed = target instanceof Element ? target.closest(resizing) : null;
        if (pressed !== null) this.hold(pressed.closest('.markdown-code-header') ?? pressed);
      },
      { ...options, capture: true },
    );
    scroller.addEventListener('keydown', letGo, options);
    scroller.addEventListener(
      'wheel',
      (event) => {
        if (event.deltaY < 0) this.release();
        else letGo();
      },
      options,
    );
    scroller.addEventListener(
      'scroll',
      () => {
        this.onScroll();
      },
      options,
    );
    scroller.addEventListener(
      'scrollend',
      () => {
        if (this.wantedAnchor === null) this.saveAnchor(this.anchor());
      },
      options,
    );
    return {
      dispose: () => {
        sizes.disconnect();
        listening.abort();
        if (this.scroller === scroller) this.scroller = null;
      },
    };
  }

  /** Scrolls to the end and stays there. */
  follow(): void {
    this.following = true;
    this.wantedAnchor = null;
    this.settle();
  }

  /** Scrolls to the end visibly, unless the user prefers less motion. */
  jump(smoothly: boolean): void {
    this.follow();
    if (smoothly && this.scroller !== null) {
      this.scroller.scrollTop = this.lastTop;
      this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: 'smooth' });
    }
  }

  /** To be called when the reader opens or changes something, which must not pull the view to the end. */
  release(): void {
    this.following = false;
    this.wantedAnchor = null;
  }

  /** An element that folds, wraps or reveals something stays under the pointer, even at the end of the conversation. */
  private hold(pressed: Element): void {
    this.release();
    this.held = pressed;
    this.holdAt(pressed, pressed.getBoundingClientRect().top, framesToRest);
  }

  private holdAt(pressed: Element, top: number, frames: number): void {
    requestAnimationFrame(() => {
      const { scroller } = this;
      if (scroller === null || this.held !== pressed) return;
      const distance = pressed.getBoundingClientRect().top - top;
      if (Math.abs(distance) >= 1) scroller.scrollTop += distance;
      this.lastTop = scroller.scrollTop;
      if (frames > 0) this.holdAt(pressed, top, frames - 1);
      else this.held = null;
    });
  }

  /**
   * To be called before something is drawn above. Scroll anchoring keeps the view steady, but not at the very top,
   * where the browser would reveal the new part.
   */
  keepPlace(): void {
    if (this.scroller !== null && !this.following && this.scroller.scrollTop === 0)
      this.scroller.scrollTop = 1;
  }

  private settle(): void {
    const { scroller } = this;
    if (scroller === null) return;
    if (this.wantedAnchor !== null) this.goTo(scroller, this.wantedAnchor, framesToRest);
    if (this.following) this.goToEnd(scroller);
    else {
      this.lastTop = scroller.scrollTop;
      this.note(distanceToEnd(scroller));
    }
  }

  /** Reads as little as possible: this runs in each frame of an answer, and each reading checks the layout of the page. */
  private goToEnd(scroller: HTMLElement): void {
    scroller.scrollTop = beyondEnd;
    this.lastTop = scroller.scrollTop;
    this.away.value = false;
  }

  /** When the message is drawn, corrects the position for some frames, or until the reader moves. */
  private goTo(scroller: HTMLElement, wanted: ScrollAnchor, frames: number): void {
    const message = scroller.querySelector(`[data-message="${CSS.escape(wanted.id)}"]`);
    if (message === null || this.wantedAnchor !== wanted || this.scroller !== scroller) return;
    const offset = message.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (Math.abs(offset - wanted.offset) >= 1) scroller.scrollTop += offset - wanted.offset;
    this.lastTop = scroller.scrollTop;
    if (frames > 0) {
      requestAnimationFrame(() => {
        this.goTo(scroller, wanted, frames - 1);
      });
    } else {
      this.wantedAnchor = null;
      this.note(distanceToEnd(scroller));
    }
  }

  /**
   * Scrolling up by any distance stops following; reaching the end starts it again. A scroll that the browser limits at
   * the end does not count as the reader's.
   */
  private onScroll(): void {
    const { scroller } = this;
    if (scroller === null) return;
    const top = scroller.scrollTop;
    // The event of the scroll to the end that this class made.
    if (this.following && top === this.lastTop) return;
    const distance = distanceToEnd(scroller);
    if (top < this.lastTop && distance > 1) this.following = false;
    else if (top > this.lastTop && distance <= nearEnd && this.wantedAnchor === null) this.following = true;
    this.lastTop = top;
    this.note(distance);
  }

  /** @param distance From the view to the end, in pixels. */
  private note(distance: number): void {
    if (distance <= 1 && this.wantedAnchor === null) this.following = true;
    this.away.value = !this.following && distance > nearEnd;
  }

  private anchor(): ScrollAnchor | null {
    const { scroller } = this;
    if (scroller === null || this.following) return null;
    const top = scroller.getBoundingClientRect().top;
    const message = firstInSight(scroller);
    const id = message?.getAttribute('data-message') ?? null;
    if (message === undefined || id === null) return null;
    const place = message.getBoundingClientRect();
    return place.bottom > top ? { id, offset: Math.round(place.top - top) } : null;
  }
}

function distanceToEnd(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
}
