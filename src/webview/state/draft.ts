import type { ReadonlySignal, Signal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { RememberedConversation } from '../../shared/messages/viewState';
import type { SavedViews } from './savedViews';

/** The key of the draft of every conversation without a message in the side bar. They all look like the same new page. */
export const newChatKey = 'new';

/** The text of a prompt that is being written. */
export interface PromptDraft {
  readonly text: ReadonlySignal<string>;
  set(text: string): void;
  /** Displays a text temporarily: a reload restores the draft. */
  preview(text: string): void;
}

/** The text of the composer. It belongs to a conversation and returns with it. */
export class Draft implements PromptDraft {
  /** The current text. Write through `set`. */
  readonly text = signal('');
  private key: string | null = null;

  constructor(private readonly saved: SavedViews) {}

  set(text: string): void {
    this.text.value = text;
    if (this.key !== null) this.saved.saveDraft(this.key, text);
  }

  /** Displays a text temporarily: a reload, or another conversation, restores the draft. */
  preview(text: string): void {
    this.text.value = text;
  }

  /** Takes over drafts that changed in another view. */
  takeOver(views: readonly RememberedConversation[]): void {
    const changed = this.saved.takeDrafts(views);
    if (this.key !== null && changed.includes(this.key)) this.text.value = this.saved.draftOf(this.key);
  }

  /** Inserts a prompt before the current text. */
  giveBack(text: string): void {
    const rest = this.text.peek();
    this.set(rest === '' ? text : `${text}\n\n${rest}`);
  }

  /**
   * To be called when another conversation is displayed. Its draft appears. Text that was typed before the first
   * conversation was known stays.
   */
  show(key: string): void {
    const typedEarly = this.key === null ? this.text.peek() : '';
    this.key = key;
    this.set(typedEarly === '' ? this.saved.draftOf(key) : typedEarly);
  }

  /** To be called when the conversation gets another key with its first message. The text stays. */
  rename(key: string): void {
    if (this.key === null || this.key === key) return;
    this.saved.saveDraft(this.key, '');
    this.key = key;
    this.saved.saveDraft(key, this.text.peek());
  }

  /**
   * The draft of a new version of the prompt `id`, beside the composer's own draft.
   *
   * @param text The text of the prompt, where no draft is saved.
   */
  ofEdit(id: string, text: string): EditDraft {
    return new EditDraft(this.saved, id, text);
  }
}

/** The text in the editor of a prompt. */
class EditDraft implements PromptDraft {
  readonly text: Signal<string>;

  constructor(
    private readonly saved: SavedViews,
    private readonly id: string,
    text: string,
  ) {
    const draft = saved.draftOf(id);
    this.text = signal(draft === '' ? text : draft);
  }

  set(text: string): void {
    this.text.value = text;
    this.saved.saveDraft(this.id, text);
  }

  preview(text: string): void {
    this.text.value = text;
  }

  /** To be called when the prompt was sent or the edit was cancelled. */
  forget(): void {
    this.saved.saveDraft(this.id, '');
  }
}
