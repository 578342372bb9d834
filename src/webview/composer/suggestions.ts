import type { ReadonlySignal } from '@preact/signals';
import { computed, effect, signal } from '@preact/signals';
import type { Disposable } from '../../shared/kit/disposable';
import type { ContextSource } from '../../shared/messages/toView';
import type { ContextItem, PromptItem } from '../../shared/messages/toView';
import type { Translate } from '../../shared/kit/translate';
import type { Post } from '../state/createPost';
import type { IconName } from '../kit/icon';
import type { Replies } from '../state/replies';
import { contextSourceSuggestions } from './contextSourceSuggestions';
import { matchLetters } from '../kit/matchLetters';
import type { Trigger } from './trigger';

/** A row of the list above the composer. */
export interface Suggestion {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly description: string;
  /** The heading above it; null for none. */
  readonly group: string | null;
  readonly chosen:
    | { readonly intent: 'attach-found'; readonly id: string }
    | { readonly intent: 'attach-context'; readonly source: ContextSource }
    | { readonly intent: 'use-prompt'; readonly id: string };
}

/** The ports of the list. */
interface SuggestionsPorts {
  readonly post: Post;
  readonly replies: Replies;
  readonly t: Translate;
}

/** The list's id, for `aria-controls`. */
export const suggestionListId = 'composer-suggestions';

/** The id of a row, for `aria-activedescendant`. */
export function suggestionId(place: number): string {
  return `${suggestionListId}-${place}`;
}

/** How long Enter waits for a reply, in milliseconds. */
const patience = 1_000;
const pageLength = 8;

/** Request numbers only grow while the page lives, so that a late reply never looks like a newer one. */
let lastRequest = 0;

/** The word after `@`, `#` or `/`, and the suggestions for it. */
export class Suggestions implements Disposable {
  /** The word of the open list; null while it is closed. */
  readonly trigger = signal<Trigger | null>(null);
  /** Index of the marked row. */
  readonly active = signal(0);
  readonly options: ReadonlySignal<readonly Suggestion[]>;
  /** True until the host has replied to the current word. */
  readonly pending: ReadonlySignal<boolean>;

  private readonly request = signal(0);
  private askedAt = 0;
  private frame: number | null = null;
  /** The position of the sign whose list the user closed. */
  private dismissedAt: number | null = null;
  private acceptsReply = false;
  private readonly stop: () => void;

  constructor(
    private readonly ports: SuggestionsPorts,
    private readonly accept: (option: Suggestion) => void,
  ) {
    this.options = computed(() => this.optionsFor(this.trigger.value));
    this.pending = computed(() => this.replyFor(this.trigger.value)?.request !== this.request.value);
    this.stop = effect(() => {
      const [first] = this.options.value;
      this.active.value = 0;
      if (!this.acceptsReply || this.pending.value) return;
      this.acceptsReply = false;
      if (first !== undefined) {
        queueMicrotask(() => {
          this.accept(first);
        });
      }
    });
  }

  /** To be called after an edit: the word before the cursor opens, filters or closes the list. */
  edited(trigger: Trigger | null): void {
    this.acceptsReply = false;
    if (trigger?.start !== this.dismissedAt) this.dismissedAt = null;
    if (this.dismissedAt !== null) return;
    const before = this.trigger.peek();
    if (trigger?.sign === '#' && this.optionsFor(trigger).length === 0) this.trigger.value = null;
    else this.trigger.value = trigger;
    if (trigger?.sign === '@' && (before?.sign !== '@' || before.query !== trigger.query)) this.find();
    if (trigger?.sign === '/' && before?.sign !== '/') this.find();
  }

  /** To be called after the cursor moved: an open list stays only for its own word, and no list opens. */
  moved(trigger: Trigger | null): void {
    const open = this.trigger.peek();
    if (open === null || (trigger?.start === open.start && trigger.query === open.query)) return;
    if (trigger?.start === open.start) this.edited(trigger);
    else this.trigger.value = null;
  }

  /** Closes the list and keeps it closed while the same word is typed. */
  dismiss(): void {
    this.dismissedAt = this.trigger.peek()?.start ?? null;
    this.trigger.value = null;
  }

  close(): void {
    this.trigger.value = null;
    this.dismissedAt = null;
  }

  /** Handles a key of the open list. Returns false if the list has no use for the key. */
  takeKey(event: KeyboardEvent): boolean {
    if (this.trigger.peek() === null || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Escape') {
      this.dismiss();
      return true;
    }
    if (event.shiftKey) return false;
    if (event.key === 'Enter' || event.key === 'Tab') return this.acceptActive();
    return this.move(event.key);
  }

  dispose(): void {
    this.stop();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
  }

  private acceptActive(): boolean {
    const option = this.options.peek()[this.active.peek()];
    if (option !== undefined) {
      this.accept(option);
      return true;
    }
    // A fast typist is ahead of the host: the key takes effect as soon as there is something to choose.
    this.acceptsReply = this.pending.peek() && performance.now() - this.askedAt < patience;
    return this.acceptsReply;
  }

  private move(key: string): boolean {
    const { length } = this.options.peek();
    const place = this.active.peek();
    const places: Readonly<Record<string, number>> = {
      ArrowDown: place === length - 1 ? 0 : place + 1,
      ArrowUp: place === 0 ? length - 1 : place - 1,
      Home: 0,
      End: length - 1,
      PageDown: Math.min(length - 1, place + pageLength),
      PageUp: Math.max(0, place - pageLength),
    };
    const next = places[key];
    if (next === undefined || length === 0) return false;
    this.active.value = next;
    return true;
  }

  /** Asks the host, at most once per frame. */
  private find(): void {
    lastRequest += 1;
    this.request.value = lastRequest;
    this.askedAt = performance.now();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      const trigger = this.trigger.peek();
      const request = this.request.peek();
      if (trigger?.sign === '@') this.ports.post('find-context', { request, query: trigger.query });
      else if (trigger?.sign === '/') this.ports.post('find-prompts', { request });
    });
  }

  private replyFor(trigger: Trigger | null): { readonly request: number } | null {
    if (trigger?.sign === '@') return this.ports.replies.context.value;
    if (trigger?.sign === '/') return this.ports.replies.prompts.value;
    return { request: this.request.value };
  }

  private optionsFor(trigger: Trigger | null): readonly Suggestion[] {
    if (trigger === null) return [];
    const { t, replies } = this.ports;
    if (trigger.sign === '#') return contextSourceSuggestions(t, trigger.query);
    if (trigger.sign === '/') {
      const prompts = replies.prompts.value?.prompts ?? [];
      return promptsFor(prompts, trigger.query).map((prompt) => promptSuggestion(prompt, t));
    }
    const items = replies.context.value?.items ?? [];
    // Until the reply arrives, the known suggestions are filtered, so that the list neither flickers nor misleads.
    const current = this.pending.value ? items.filter((item) => answers(item, trigger.query)) : items;
    return current.map(contextSuggestion);
  }
}

function answers({ label, description }: ContextItem, query: string): boolean {
  return matchLetters(`${description} ${label}`, query) !== undefined;
}

const contextIcons = { file: 'file', folder: 'folder', symbol: 'symbol-misc' } as const;

function contextSuggestion({ id, kind, label, description }: ContextItem): Suggestion {
  const chosen = { intent: 'attach-found', id } as const;
  return { id, icon: contextIcons[kind], label, description, group: null, chosen };
}

/** Prompts whose name matches the query come before those whose description matches. Each source stays together. */
function promptsFor(prompts: readonly PromptItem[], query: string): readonly PromptItem[] {
  const byName = prompts.filter(({ name }) => matchLetters(name, query) !== undefined);
  const byDescription = prompts.filter(
    (prompt) => !byName.includes(prompt) && hasTogether(prompt.description, query),
  );
  const found = query === '' ? prompts : [...byName, ...byDescription];
  const sources = new Set(found.map((prompt) => prompt.source));
  return [...sources].flatMap((source) => found.filter((prompt) => prompt.source === source));
}

function hasTogether(text: string, query: string): boolean {
  return text.toLowerCase().includes(query.toLowerCase());
}

function promptSuggestion({ id, name, description, source }: PromptItem, t: Translate): Suggestion {
  const groups = {
    'built-in': t('Built-in Prompts'),
    workspace: t('Prompts of This Workspace'),
    personal: t('Your Prompts'),
  };
  return {
    id,
    icon: source === 'built-in' ? 'lightbulb' : 'note',
    label: name,
    description,
    group: groups[source],
    chosen: { intent: 'use-prompt', id },
  };
}
