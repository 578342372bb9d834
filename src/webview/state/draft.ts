import { signal } from '@preact/signals';
import type { SavedViews } from './savedViews';

/** Under this key stands the draft of every conversation that has no message yet: they are all the same fresh page. */
export const newChatKey = 'new';

/** The composer's text. It belongs to a conversation, and comes back with it. */
export class Draft {
  /** What the composer holds now. Write through `set`. */
  readonly text = signal('');
  private key: string | null = null;

  constructor(private readonly saved: SavedViews) {}

  set(text: string): void {
    this.text.value = text;
    if (this.key !== null) this.saved.saveDraft(this.key, text);
  }

  /** Shows a text for the time being: a reload, or going to another conversation, brings the draft back. */
  preview(text: string): void {
    this.text.value = text;
  }

  /** Puts a prompt before what is there. */
  giveBack(text: string): void {
    const rest = this.text.peek();
    this.set(rest === '' ? text : `${text}\n\n${rest}`);
  }

  /** Another conversation is shown: its draft appears. What was typed before the first one was known stays. */
  show(key: string): void {
    const typedEarly = this.key === null ? this.text.peek() : '';
    this.key = key;
    this.set(typedEarly === '' ? this.saved.draftOf(key) : typedEarly);
  }

  /** The same conversation goes by another key, because it got its first message: the text stays. */
  rename(key: string): void {
    if (this.key === null || this.key === key) return;
    this.saved.saveDraft(this.key, '');
    this.key = key;
    this.saved.saveDraft(key, this.text.peek());
  }
}
