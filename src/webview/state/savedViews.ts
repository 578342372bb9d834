import type { RememberedConversation, ScrollAnchor, ViewState } from '../../shared/messages/viewState';

const limit = 50;
/** Between two reports to the host, in milliseconds: a draft changes with every key. */
const reportPause = 250;

/** Where the remembered state comes from and goes to. */
export interface SavedViewsPorts {
  /** What was remembered when the page began. */
  readonly initial: ViewState;
  /** Keeps the state for the next page of this view; called on each change. */
  readonly keep: (state: ViewState) => void;
  /** Tells the host, at most every quarter of a second. */
  readonly report: (state: ViewState) => void;
  readonly now: () => number;
}

/** What the view itself remembers of each conversation: the draft and the scroll position. */
export class SavedViews {
  /** Most recently changed last. */
  private readonly views: Map<string, RememberedConversation>;
  private reporting = false;

  constructor(private readonly ports: SavedViewsPorts) {
    this.views = new Map(ports.initial.views.map((view) => [view.key, view]));
  }

  /** The text that was left in the composer of a conversation; empty when none was. */
  draftOf(key: string): string {
    return this.views.get(key)?.draft ?? '';
  }

  /** Where a conversation was scrolled to; null when at its end. */
  anchorOf(key: string): ScrollAnchor | null {
    return this.views.get(key)?.anchor ?? null;
  }

  saveDraft(key: string, draft: string): void {
    if (draft !== this.draftOf(key)) this.save({ key, draft, anchor: this.anchorOf(key) });
  }

  saveAnchor(key: string, anchor: ScrollAnchor | null): void {
    const before = this.anchorOf(key);
    if (before?.id === anchor?.id && before?.offset === anchor?.offset) return;
    this.save({ key, draft: this.draftOf(key), anchor });
  }

  private save(view: RememberedConversation): void {
    this.views.delete(view.key);
    if (view.draft !== '' || view.anchor !== null) this.views.set(view.key, view);
    const oldest = this.views.keys().next();
    if (this.views.size > limit && oldest.done !== true) this.views.delete(oldest.value);
    this.ports.keep(this.state());
    if (this.reporting) return;
    this.reporting = true;
    setTimeout(() => {
      this.reporting = false;
      this.ports.report(this.state());
    }, reportPause);
  }

  private state(): ViewState {
    return { changedAt: this.ports.now(), views: [...this.views.values()] };
  }
}
