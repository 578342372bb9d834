import type { Disposable } from '../../shared/kit/disposable';

/** The two texts of an answer that grow while it streams. */
export type TextField = 'text' | 'reasoning';

/** Takes an answer's text as it comes. */
export interface TextListener {
  /** The whole text as of now: first of all, and again when it turned out different. */
  replace(text: string): void;
  append(text: string): void;
  /** The answer has ended. */
  end(): void;
  /** The answer goes on after its end. */
  reopen(): void;
}

/**
 * Carries growing text from the events to those who draw it, past the components: a delta costs one
 * call, whatever the length of the answer and of the conversation.
 */
export class TextFeeds {
  private readonly listeners = new Map<string, Set<TextListener>>();

  /** Calls `listener` from the next delta on. */
  add(id: string, field: TextField, listener: TextListener): Disposable {
    const key = keyOf(id, field);
    const set = this.listeners.get(key) ?? new Set();
    set.add(listener);
    this.listeners.set(key, set);
    return {
      dispose: () => {
        set.delete(listener);
        if (set.size === 0 && this.listeners.get(key) === set) this.listeners.delete(key);
      },
    };
  }

  append(id: string, field: TextField, text: string): void {
    for (const listener of this.listeners.get(keyOf(id, field)) ?? []) listener.append(text);
  }

  /** The text turned out different. */
  replace(id: string, field: TextField, text: string): void {
    for (const listener of this.listeners.get(keyOf(id, field)) ?? []) listener.replace(text);
  }

  end(id: string): void {
    for (const listener of this.listenersOf(id)) listener.end();
  }

  reopen(id: string): void {
    for (const listener of this.listenersOf(id)) listener.reopen();
  }

  /** Brings every listener of an answer from `before` to `after`, by the shortest way. */
  update(id: string, field: TextField, before: string, after: string): void {
    if (before === after) return;
    if (after.startsWith(before)) this.append(id, field, after.slice(before.length));
    else this.replace(id, field, after);
  }

  private listenersOf(id: string): TextListener[] {
    return [
      ...(this.listeners.get(keyOf(id, 'text')) ?? []),
      ...(this.listeners.get(keyOf(id, 'reasoning')) ?? []),
    ];
  }
}

function keyOf(id: string, field: TextField): string {
  return `${field} ${id}`;
}
