/**
 * Earlier prompts of the conversation, called up with Up and Down as in a shell. The draft waits until Down leads back to
 * it; a recalled prompt that is edited becomes the draft.
 */
export class PromptRecall {
  /** How many prompts back; 0 is the draft. */
  private back = 0;
  private draft = '';
  /** What was recalled last, to notice an edit. */
  private shown = '';

  /** The prompt before the one that is shown, or null when there is none. `prompts` are oldest first. */
  earlier(current: string, prompts: readonly string[]): string | null {
    this.noticeEdit(current);
    const recalled = prompts.at(-1 - this.back);
    if (recalled === undefined) return null;
    if (this.back === 0) this.draft = current;
    this.back += 1;
    this.shown = recalled;
    return recalled;
  }

  /** The prompt after the one that is shown, and at last the draft. Null when the draft is shown. */
  later(current: string, prompts: readonly string[]): string | null {
    this.noticeEdit(current);
    if (this.back === 0) return null;
    this.back -= 1;
    this.shown = this.back === 0 ? this.draft : (prompts.at(-this.back) ?? this.draft);
    return this.shown;
  }

  /** True while the draft is what is shown. */
  get atDraft(): boolean {
    return this.back === 0;
  }

  /** What is shown is the draft from now on. */
  reset(): void {
    this.back = 0;
  }

  private noticeEdit(current: string): void {
    if (current !== this.shown) this.reset();
  }
}
