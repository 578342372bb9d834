import type { RememberedConversation, ScrollAnchor, ViewState } from '../../shared/messages/viewState';
import { isNewer, mostViews } from '../../shared/messages/viewState';

/** The time between two reports to the host, in milliseconds, because a draft changes with every key. */
const reportPause = 250;

/** The ports of SavedViews. */
interface SavedViewsPorts {
  /** The saved state at the start of the page. */
  readonly initial: ViewState;
  /** Saves the state for the next page of this view. Called on each change. */
  readonly keep: (state: ViewState) => void;
  /** Tells the host, at most every quarter of a second. */
  readonly report: (state: ViewState) => void;
  readonly now: () => number;
}

/** The state that the view saves for each conversation: the draft and the scroll position. */
export class SavedViews {
  /** The most recently changed one is last. An emptied draft stays, so that it replaces an older one of another view. */
  private readonly views: Map<string, RememberedConversation>;
  private reporting = false;

  constructor(private readonly ports: SavedViewsPorts) {
    this.views = new Map(ports.initial.views.map((view) => [view.key, view]));
  }

  /** The draft of a conversation; empty if there is none. */
  draftOf(key: string): string {
    return this.views.get(key)?.draft ?? '';
  }

  /** The scroll position of a conversation; null at its end. */
  anchorOf(key: string): ScrollAnchor | null {
    return this.views.get(key)?.anchor ?? null;
  }

  saveDraft(key: string, draft: string): void {
    if (draft === this.draftOf(key)) return;
    this.save({ key, draft, anchor: this.anchorOf(key), at: this.ports.now() });
    this.report();
  }

  saveAnchor(key: string, anchor: ScrollAnchor | null): void {
    const before = this.anchorOf(key);
    if (before?.id === anchor?.id && before?.offset === anchor?.offset) return;
    this.save({ draft: '', ...this.views.get(key), key, anchor });
    this.report();
  }

  /** Takes over drafts that changed later in another view. Returns the keys of those that are other than before. */
  takeDrafts(views: readonly RememberedConversation[]): readonly string[] {
    const newer = views.filter((view) => isNewer(view, this.views.get(view.key) ?? {}));
    const changed = newer.filter(({ key, draft }) => draft !== this.draftOf(key));
    for (const view of newer) this.save({ ...view, anchor: this.anchorOf(view.key) });
    return changed.map(({ key }) => key);
  }

  /** Saves the state for the next page although nothing has changed. */
  keep(): void {
    this.ports.keep(this.state());
  }

  private save(view: RememberedConversation): void {
    this.views.delete(view.key);
    this.views.set(view.key, view);
    const oldest = this.views.keys().next();
    if (this.views.size > mostViews && oldest.done !== true) this.views.delete(oldest.value);
    this.keep();
  }

  private report(): void {
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
