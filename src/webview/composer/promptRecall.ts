/**
 * Recalls earlier prompts of the conversation with Up and Down, as a shell does. The draft is kept until Down leads
 * back to it. A recalled prompt that is edited becomes the draft.
 */
export class PromptRecall {
  /** How many prompts back; 0 is the draft. */
  private back = 0;
  private draft = '';
  /** The last recalled text, to notice an edit. */
  private shown = '';

  /** The prompt before the displayed one, or null if there is none. `prompts` are oldest first. */
  earlier(current: string, prompts: readonly string[]): string | null {
    this.noticeEdit(current);
    const recalled = prompts.at(-1 - this.back);
    if (recalled === undefined) return null;
    if (this.back === 0) this.draft = current;
    this.back += 1;
    this.shown = recalled;
    return recalled;
  }

  /** The prompt after the displayed one, and finally the draft. Null if the draft is displayed. */
  later(current: string, prompts: readonly string[]): string | null {
    this.noticeEdit(current);
    if (this.back === 0) return null;
    this.back -= 1;
    this.shown = this.back === 0 ? this.draft : (prompts.at(-this.back) ?? this.draft);
    return this.shown;
  }

  /** True while the draft is displayed. */
  get atDraft(): boolean {
    return this.back === 0;
  }

  /** Makes the displayed text the draft. */
  reset(): void {
    this.back = 0;
  }

  private noticeEdit(current: string): void {
    if (current !== this.shown) this.reset();
  }
}
