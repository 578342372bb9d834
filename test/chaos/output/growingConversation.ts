import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { ToViewMessage } from '../../../src/shared/messages/toView';
import { reduce } from '../../../src/shared/conversation/reduce';
import { takeSnapshot } from '../../../src/shared/messages/takeSnapshot';
import { assistant, failureOf, shownIds } from './hostileConversation';
import type { HostileInput } from './hostileInputs';
import { calm } from './hostileSurroundings';
import { createRandom, type Random } from './random';

/** Answers that all stream at once, and how. */
export interface Growth {
  /** The questions, with answers that have nothing yet. */
  readonly first: ToViewMessage;
  /** What comes in each frame. */
  readonly steps: readonly (readonly ConversationEvent[])[];
}

/** More frames than this take too long; a longer text comes in larger pieces. */
const mostPieces = 40;
const at = 1_700_000_000_000;

/** Lets the answers of several inputs come at once, each cut at places of its own, also in the middle of a character. */
export function grow(id: string, inputs: readonly HostileInput[], seed: number): Growth {
  const random = createRandom(seed);
  const conversation = emptyConversation(id, at);
  let parent: string | null = null;
  for (const input of inputs) {
    const [question, answer] = shownIds(id, input) as [string, string];
    const content = { role: 'user' as const, text: `Input ${String(input.number)}`, attachments: [] };
    reduce(conversation, { kind: 'message-added', id: question, parent, at, content });
    reduce(conversation, {
      kind: 'message-added',
      id: answer,
      parent: question,
      at,
      content: assistant(input),
    });
    parent = answer;
  }
  const pieces = inputs.map((input) => ({ input, texts: cut(input.text, random) }));
  const most = Math.max(...pieces.map(({ texts }) => texts.length));
  const steps: ConversationEvent[][] = [
    inputs.map((input): ConversationEvent => {
      const [, answer = ''] = shownIds(id, input);
      const retry = { attempt: 2 ** 53, until: at, failure: failureOf(input) };
      return { kind: 'retry-scheduled', id: answer, retry, at };
    }),
  ];
  for (let step = 0; step < most; step += 1) {
    steps.push(
      pieces.flatMap(({ input, texts }): ConversationEvent[] => {
        const [, answer = ''] = shownIds(id, input);
        const text = texts[step];
        return text === undefined ? [] : [{ kind: 'text-appended', id: answer, text, at }];
      }),
    );
  }
  steps.push(
    inputs.map((input): ConversationEvent => {
      const [, answer = ''] = shownIds(id, input);
      const ending = { outcome: 'completed' as const, finishReason: 'stop' };
      return { kind: 'answer-ended', id: answer, ending, usage: null, servedModel: null, at };
    }),
  );
  const first: ToViewMessage = {
    type: 'snapshot',
    body: { revision: 0, conversation: takeSnapshot(conversation), state: calm },
  };
  return { first, steps };
}

function cut(text: string, random: Random): string[] {
  const least = Math.ceil(text.length / mostPieces);
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const length = Math.max(least, random.pick([1, 1, 1, 2, 2, 3, 5, 8, 13]));
    pieces.push(text.slice(start, start + length));
    start += length;
  }
  return pieces;
}
