import { signal } from '@preact/signals';
import { areSameParameters, type ChatParameters } from '../../shared/conversation/chatParameters';

/** How long typing pauses before a change is sent, in milliseconds. */
const pause = 400;

/** The parameters in the form. Typed text is sent after a pause, because each change is stored. */
export class ParameterEdits {
  readonly shown;
  private stored: ChatParameters;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    stored: ChatParameters,
    private readonly send: (parameters: ChatParameters) => void,
  ) {
    this.stored = stored;
    this.shown = signal(stored);
  }

  /** To be called when the chat has other parameters: the form shows them, unless the user is typing. */
  follow(stored: ChatParameters): void {
    if (areSameParameters(stored, this.stored)) return;
    this.stored = stored;
    if (this.timer === null) this.shown.value = stored;
  }

  /**
   * Changes fields.
   *
   * @param without A field that is reset; null for none.
   */
  change(change: ChatParameters, without: keyof ChatParameters | null): void {
    const next = { ...this.shown.peek(), ...change };
    if (without !== null) Reflect.deleteProperty(next, without);
    this.shown.value = next;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flush();
    }, pause);
  }

  /** Sends a change that waits. */
  flush(): void {
    if (this.timer === null) return;
    this.stopWaiting();
    this.send(this.shown.peek());
  }

  /** Drops a change that waits. */
  discard(): void {
    this.stopWaiting();
    this.shown.value = this.stored;
  }

  private stopWaiting(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
