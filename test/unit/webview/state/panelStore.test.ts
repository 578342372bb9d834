import { deepStrictEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { growingPart, isBlank } from '../../../../src/shared/answer/answerPart';
import type { Disposable } from '../../../../src/shared/kit/disposable';
import { emptyConversation, selectedPath } from '../../../../src/shared/conversation/conversation';
import type { Conversation } from '../../../../src/shared/conversation/conversation';
import type { Ending } from '../../../../src/shared/answer/ending';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import type { Failure, FailureKind } from '../../../../src/shared/failure/failure';
import type { ToHost } from '../../../../src/shared/messages/toHost';
import type { PanelState } from '../../../../src/shared/messages/toView';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { takeSnapshot } from '../../../../src/shared/messages/takeSnapshot';
import { factsOf, hasEnded } from '../../../../src/webview/state/messageFacts';
import { PanelStore } from '../../../../src/webview/state/panelStore';
import type { TextListener } from '../../../../src/webview/state/textFeeds';
import { arbitraryEvents } from '../../shared/arbitraryEvents';

const state: PanelState = {
  model: null,
  gateways: [],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

const prompt: ConversationEvent = {
  kind: 'message-added',
  id: 'q',
  parent: null,
  at: 1000,
  content: { role: 'user', text: 'Why?', attachments: [] },
};
const answer: ConversationEvent = {
  kind: 'message-added',
  id: 'a',
  parent: 'q',
  at: 2000,
  content: { role: 'assistant', model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
};
const text = (words: string, at = 6000): ConversationEvent => ({
  kind: 'text-appended',
  id: 'a',
  text: words,
  at,
});
const end: ConversationEvent = {
  kind: 'answer-ended',
  id: 'a',
  ending: { outcome: 'completed', finishReason: 'stop' },
  usage: null,
  servedModel: null,
  at: 9000,
};

/** A store and a host that speaks to it with revisions, and hears what it posts. */
class Glass {
  readonly posted: (keyof ToHost)[] = [];
  readonly told: string[] = [];
  readonly store = new PanelStore((type) => this.posted.push(type), {
    conversationShown: () => this.told.push('shown'),
    caughtUp: () => this.told.push('caught up'),
    messageAdded: () => undefined,
  });
  conversation: Conversation = emptyConversation('c', 0);
  private revision = 0;

  show(conversation = this.conversation): void {
    this.conversation = conversation;
    this.revision += 1;
    const { revision } = this;
    this.store.receive({
      type: 'snapshot',
      body: { revision, conversation: takeSnapshot(conversation), state },
    });
  }

  happen(...events: ConversationEvent[]): void {
    this.lose(...events);
    this.store.receive({ type: 'events', body: { revision: this.revision, events } });
  }

  lose(...events: ConversationEvent[]): void {
    for (const event of events) reduce(this.conversation, event);
    this.revision += 1;
  }
}

/** Writes down what it hears, and what that amounts to. */
class Reader implements TextListener {
  readonly heard: string[] = [];
  whole = '';
  open = true;
  replace(words: string): void {
    this.heard.push(`=${words}`);
    this.whole = words;
  }
  append(words: string): void {
    this.heard.push(`+${words}`);
    this.whole += words;
  }
  end(): void {
    this.open = false;
  }
  reopen(): void {
    this.open = true;
  }
}

/** Watches the words of what the store says is shown, as components do: each part as long as it is there. */
class Page {
  private readonly readers = new Map<string, { reader: Reader; watch: Disposable }>();

  constructor(private readonly store: PanelStore) {}

  draw(): void {
    const shown = new Set<string>();
    for (const id of this.store.path.peek()) {
      const facts = this.store.message(id)?.peek();
      if (facts?.role !== 'assistant') continue;
      for (const part of facts.parts) {
        if (part.kind !== 'text' && part.kind !== 'reasoning') continue;
        const { kind, index } = part;
        const key = `${id} ${kind} ${index}`;
        shown.add(key);
        if (this.readers.has(key)) continue;
        const reader = new Reader();
        this.readers.set(key, { reader, watch: this.store.watchText(id, { kind, index }, reader) });
      }
    }
    for (const [key, { watch }] of this.readers) {
      if (shown.has(key)) continue;
      watch.dispose();
      this.readers.delete(key);
    }
  }

  readerOf(id: string, kind: string, index: number): Reader | undefined {
    return this.readers.get(`${id} ${kind} ${index}`)?.reader;
  }
}

describe('panel store', () => {
  it('shows what the host shows, whatever happens and however it is batched', () => {
    fc.assert(
      fc.property(
        arbitraryEvents,
        fc.array(fc.integer({ min: 1, max: 5 })),
        fc.nat(20),
        (events, sizes, showAt) => {
          const glass = new Glass();
          glass.show();
          const page = new Page(glass.store);
          let sent = 0;
          for (let batch = 0; sent < events.length; batch += 1) {
            const next = events.slice(sent, sent + (sizes[batch] ?? 1));
            glass.happen(...next);
            sent += next.length;
            if (batch === showAt) glass.show();
            page.draw();
          }
          const path = selectedPath(glass.conversation).filter((message) => message.role !== 'tool');
          deepStrictEqual(
            glass.store.path.peek(),
            path.map(({ id }) => id),
          );
          equal(glass.store.title.peek(), glass.conversation.title);
          for (const message of path) {
            deepStrictEqual(
              glass.store.message(message.id)?.peek(),
              factsOf(glass.conversation, message, false),
            );
            if (message.role !== 'assistant') continue;
            for (const [index, part] of message.parts.entries()) {
              if ((part.kind !== 'text' && part.kind !== 'reasoning') || isBlank(part)) continue;
              const reader = page.readerOf(message.id, part.kind, index);
              equal(reader?.whole, part.text);
              equal(reader.open, message.ending === null && growingPart(message.parts, part.kind) === index);
            }
          }
          const open = [...glass.conversation.messages.values()].some(
            (message) => message.role === 'assistant' && !hasEnded(message),
          );
          equal(glass.store.streaming.peek(), open);
        },
      ),
    );
  });

  it('asks for a snapshot once when a message was lost, and catches up without drawing anew', () => {
    const glass = new Glass();
    glass.show();
    glass.happen(prompt, answer, text('One'));
    const reader = new Reader();
    glass.store.watchText('a', { kind: 'text', index: 0 }, reader);
    glass.lose(text(' two'));
    glass.happen(text(' three'));
    glass.happen(text(' four'));
    deepStrictEqual(glass.posted, ['ready']);
    equal(reader.whole, 'One');
    glass.show();
    deepStrictEqual(reader.heard, ['=One', '+ two three four']);
    glass.happen(text('!'));
    equal(reader.whole, 'One two three four!');
    deepStrictEqual(glass.posted, ['ready']);
    deepStrictEqual(glass.told, ['shown', 'caught up']);
  });

  it('hears an event that it has already seen in the snapshot only once', () => {
    const glass = new Glass();
    glass.show();
    glass.happen(prompt, answer, text('One'));
    glass.store.receive({ type: 'events', body: { revision: 2, events: [text('One')] } });
    equal(glass.store.textOf('a'), 'One');
    deepStrictEqual(glass.posted, []);
  });

  it('changes no signal for a delta but the first', () => {
    const glass = new Glass();
    glass.show();
    glass.happen(prompt, answer, text('One'));
    const facts = glass.store.message('a')?.peek();
    const path = glass.store.path.peek();
    glass.happen(text(' two'));
    equal(glass.store.message('a')?.peek(), facts);
    equal(glass.store.path.peek(), path);
  });

  it('says how the last answer ended, and forgets it with the next question', () => {
    const glass = new Glass();
    glass.show();
    glass.happen(prompt, answer);
    equal(glass.store.outcome.peek(), null);
    glass.happen({ ...end, ending: { outcome: 'cancelled' } });
    equal(glass.store.outcome.peek(), 'stopped');
    glass.happen({ ...prompt, id: 'q2', parent: 'a' });
    equal(glass.store.outcome.peek(), null);
  });

  const failure = (kind: FailureKind): Failure => ({ kind, retryable: true });
  const endings: readonly (readonly [ending: Ending, outcome: string])[] = [
    [{ outcome: 'completed', finishReason: null }, 'completed'],
    [{ outcome: 'truncated', failure: failure('output-limit') }, 'output-limit'],
    [{ outcome: 'failed', failure: failure('output-limit-unanswered') }, 'output-limit'],
    [{ outcome: 'truncated', failure: failure('window-full') }, 'window-full'],
    [{ outcome: 'truncated', failure: failure('stream-cut') }, 'incomplete'],
    [{ outcome: 'truncated', failure: failure('idle-timeout') }, 'incomplete'],
    [{ outcome: 'truncated', failure: failure('content-filtered') }, 'incomplete'],
    [{ outcome: 'failed', failure: failure('content-filtered') }, 'failed'],
    [{ outcome: 'failed', failure: failure('stream-cut') }, 'failed'],
    [{ outcome: 'failed', failure: failure('unauthorized') }, 'failed'],
  ];
  for (const [ending, outcome] of endings) {
    const kind = 'failure' in ending ? ending.failure.kind : 'without a failure';
    it(`tells screen readers what happened: ${ending.outcome}, ${kind}`, () => {
      const glass = new Glass();
      glass.show();
      glass.happen(prompt, answer, { ...end, ending });
      equal(glass.store.outcome.peek(), outcome);
    });
  }

  it('waits again when a cut answer is asked to go on', () => {
    const glass = new Glass();
    glass.show();
    glass.happen(prompt, answer, text('Half'), end, { kind: 'answer-resumed', id: 'a', at: 10_000 });
    const stage = (): unknown => {
      const facts = glass.store.message('a')?.peek();
      return facts?.role === 'assistant' ? facts.stage : undefined;
    };
    equal(stage(), 'waiting');
    equal(glass.store.streaming.peek(), true);
    glass.happen(text(' and half'));
    equal(stage(), 'answering');
    equal(glass.store.textOf('a'), 'Half and half');
  });
});
