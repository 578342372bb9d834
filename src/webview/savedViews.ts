import * as v from 'valibot';
import type { VsCodeApi } from './hostLink';

const anchorSchema = v.object({
  /** The first message in sight. */
  id: v.string(),
  /** How far its top stands from the top of the transcript, in CSS pixels; negative when above. */
  offset: v.number(),
});

const viewSchema = v.object({
  key: v.string(),
  draft: v.fallback(v.string(), ''),
  anchor: v.fallback(v.nullable(anchorSchema), null),
});

const stateSchema = v.object({ views: v.array(viewSchema) });

/** Where a transcript was scrolled to; null stands for its end. */
export type ScrollAnchor = v.InferOutput<typeof anchorSchema>;

type SavedView = v.InferOutput<typeof viewSchema>;

const limit = 50;

/**
 * What the view itself remembers of each conversation: the draft and the scroll position. Lives in
 * `setState`, so it survives hiding and reloading; the host knows nothing of it.
 */
export class SavedViews {
  /** Most recently changed last. */
  private readonly views: Map<string, SavedView>;

  constructor(private readonly api: VsCodeApi) {
    const saved = v.safeParse(stateSchema, api.getState());
    this.views = new Map(saved.success ? saved.output.views.map((view) => [view.key, view]) : []);
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

  private save(view: SavedView): void {
    this.views.delete(view.key);
    if (view.draft !== '' || view.anchor !== null) this.views.set(view.key, view);
    const oldest = this.views.keys().next();
    if (this.views.size > limit && oldest.done !== true) this.views.delete(oldest.value);
    this.api.setState({ views: [...this.views.values()] });
  }
}
