import { setTimeout as sleep } from 'node:timers/promises';
import { CompletionEngine } from '../../../src/core/completions/completionEngine';
import type { CompletionPlace } from '../../../src/core/completions/completionPlace';
import { RelatedTexts, type RelatedFile } from '../../../src/core/completions/relatedTexts';
import type { HttpChatClient } from '../../../src/gateway/httpChatClient';
import { benchRoute } from '../endpoints/benchClient';

/** How much of the text around the cursor an editor reads, in characters. */
const read = 12_000;

/** VS Code itself waits so long after a key before it asks, in milliseconds. */
const editorDelay = 50;

/** What a typist needs. */
interface TypistParts {
  readonly client: HttpChatClient;
  readonly baseUrl: string;
  /** The speed of the gateway's answers in milliseconds. */
  readonly speed: { readonly first: number; readonly between: number };
  /** How many times faster than real time everything happens. */
  readonly pace: number;
  readonly related: readonly RelatedFile[];
}

/** Types a text into an editor that asks Parley's engine for completions. Only the editor is not real. */
export class Typist {
  readonly engine: CompletionEngine;
  private readonly texts = new RelatedTexts();
  private question = new AbortController();
  private readonly asked = new Set<Promise<unknown>>();

  constructor(private readonly parts: TypistParts) {
    const { client, baseUrl, speed, pace, related } = parts;
    const { gateway, timeouts } = benchRoute(`${baseUrl}/v1`);
    const target = {
      ...{ gateway, timeouts, modelId: JSON.stringify(speed) },
      ...{ form: 'suffix' as const, contextWindow: undefined },
    };
    const ignore = (): void => undefined;
    this.engine = new CompletionEngine({
      client,
      timer: {
        now: () => performance.now() * pace,
        after: (milliseconds, call) => {
          const timeout = setTimeout(call, milliseconds / pace);
          return () => {
            clearTimeout(timeout);
          };
        },
      },
      target: () => Promise.resolve(target),
      related: (place, tokens) => Promise.resolve(this.texts.choose(related, place.before, tokens)),
      onActivity: ignore,
      onUsed: ignore,
      onFailed: ({ kind }) => {
        throw new Error(`A completion failed: ${kind}`);
      },
    });
  }

  /** Types the text from one place to another. `pauseAfter` gives the time after each key, in milliseconds of the typist. */
  async type(text: string, from: number, to: number, pauseAfter: (at: number) => number): Promise<void> {
    for (let at = from; at < to; at += 1) {
      this.engine.changed('typed', [{ offset: at, removed: 0, inserted: text.charAt(at) }]);
      this.question.abort();
      this.question = new AbortController();
      const { signal } = this.question;
      const pause = pauseAfter(at);
      if (pause > editorDelay) {
        await this.wait(editorDelay);
        this.ask(text, at + 1, signal);
      }
      await this.wait(pause > editorDelay ? pause - editorDelay : pause);
    }
  }

  /** Ends all questions. */
  async stop(): Promise<void> {
    this.question.abort();
    this.engine.reset();
    await Promise.all(this.asked);
  }

  private ask(text: string, at: number, signal: AbortSignal): void {
    const asked = this.engine.complete(placeAt(text, at, ''), signal);
    this.asked.add(asked);
    void asked.finally(() => this.asked.delete(asked));
  }

  private async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds / this.parts.pace);
  }
}

/** A place in a text, as an editor describes it. `after`: the text after the cursor. */
export function placeAt(text: string, offset: number, after: string): CompletionPlace {
  return {
    ...{ documentId: 'typed', languageId: 'typescript', offset, after, isInvoked: false, pending: 0 },
    before: text.slice(Math.max(0, offset - read), offset),
  };
}
