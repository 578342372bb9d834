import { answerText } from '../../shared/answer/answerPart';
import type { Message } from '../../shared/conversation/conversation';
import type { PromptRecord, SentPart } from '../../shared/conversation/promptRecord';
import type { ComposedMessage, PromptOrigin } from './buildPrompt';
import type { ContextBudget } from './contextBudget';
import type { InstructionText } from './target';

/** A prompt that was built and counted. */
interface CountedPrompt {
  readonly path: readonly Message[];
  /** Id of the prompt that is sent; all other prompts of the path are earlier ones. Null when it has no content yet. */
  readonly current: string | null;
  readonly composed: readonly ComposedMessage[];
  /** The tokens of the pieces of each message, not rounded. */
  readonly tokens: readonly (readonly number[])[];
  readonly budget: Pick<ContextBudget, 'used' | 'dropped'>;
  readonly instructions: readonly InstructionText[];
}

type Part = Omit<SentPart, 'tokens'>;

const instructionKinds = {
  settings: 'instructions',
  file: 'instruction-file',
  chat: 'system-text',
} as const satisfies Record<InstructionText['source'], SentPart['kind']>;

/** What is known about a part while its pieces are added up. */
interface Tally {
  readonly part: Part;
  tokens: number;
  /** The messages, attachments and pictures of it. */
  readonly items: Set<string>;
  pictures: number;
}

/** The order of the parts of which there is at most one. Instructions come before them, the current prompt after them. */
const order = [
  'summary',
  'earlier-prompts',
  'earlier-attachments',
  'earlier-answers',
  'tool-results',
  'pictures',
];

/**
 * Lists the parts of a prompt. Their tokens add up to the prompt's tokens: each part is rounded by itself, so that it has the
 * same size in every prompt, and the part `format` gets the rest.
 */
export function recordPrompt(prompt: CountedPrompt): Pick<PromptRecord, 'parts' | 'omitted'> {
  const { path, composed, tokens, budget } = prompt;
  const tallies = new Map<string, Tally>();
  const partOf = partsBy(prompt);
  for (const [at, { pieces }] of composed.entries()) {
    for (const [index, piece] of pieces.entries()) {
      const { key, part, item } = partOf(piece.origin);
      const tally = tallies.get(key) ?? { part, tokens: 0, items: new Set(), pictures: 0 };
      tally.tokens += tokens[at]?.[index] ?? 0;
      tally.items.add(item);
      tally.pictures += piece.pictures;
      tallies.set(key, tally);
    }
  }
  const parts = [...tallies.values()].toSorted((left, right) => place(left.part) - place(right.part));
  return {
    parts: withFormat(parts.map(sentPart), budget.used),
    omitted: omittedFrom(path.slice(budget.dropped), composed, budget.dropped),
  };
}

/** Finds the part that a piece belongs to, and the item of the part. */
function partsBy({ path, current, instructions }: CountedPrompt): (origin: PromptOrigin) => {
  readonly key: string;
  readonly part: Part;
  readonly item: string;
} {
  const messages = new Map(path.map((message) => [message.id, message]));
  const cutOf = (messageId: string, id: string): boolean => {
    const message = messages.get(messageId);
    const attachments = message?.role === 'user' ? message.attachments : [];
    const attachment = attachments.find((candidate) => candidate.id === id);
    return attachment !== undefined && attachment.kind !== 'image' && attachment.truncated;
  };
  return (origin) => {
    switch (origin.kind) {
      case 'instructions': {
        const {
          source = 'settings',
          id = '',
          name = '',
          truncated = false,
        } = instructions[origin.index] ?? {};
        const part = { kind: instructionKinds[source], id, name, ...(truncated && { cut: true }) } as const;
        return { key: `instructions ${origin.index}`, part, item: id };
      }
      case 'attachment': {
        const { id, messageId } = origin;
        const item = `${messageId} ${id}`;
        if (messageId !== current)
          return { key: 'earlier-attachments', part: { kind: 'earlier-attachments' }, item };
        const part = { kind: 'attachment', id, ...(cutOf(messageId, id) && { cut: true }) } as const;
        return { key: `attachment ${id}`, part, item };
      }
      case 'message': {
        const kind = kindOf(messages.get(origin.id), origin.id === current);
        return { key: kind, part: { kind }, item: origin.id };
      }
      case 'picture':
        return { key: 'pictures', part: { kind: 'pictures' }, item: '' };
      default:
        return { key: origin.kind, part: { kind: origin.kind }, item: '' };
    }
  };
}

function kindOf(message: Message | undefined, isCurrent: boolean): SentPart['kind'] {
  if (message?.role === 'tool') return 'tool-results';
  if (message?.role === 'assistant') return 'earlier-answers';
  return isCurrent ? 'text' : 'earlier-prompts';
}

function place({ kind }: Part): number {
  if (kind === 'instructions' || kind === 'instruction-file' || kind === 'system-text') return -1;
  const index = order.indexOf(kind);
  return index < 0 ? order.length : index;
}

function sentPart({ part, tokens, items, pictures }: Tally): SentPart {
  const isGroup = order.includes(part.kind) && part.kind !== 'summary';
  const count = part.kind === 'pictures' ? pictures : items.size;
  return { ...part, tokens: Math.round(tokens), ...(isGroup && { count }) };
}

/** Adds the part `format`. The largest part becomes smaller if the parts were rounded up to more than the whole prompt. */
function withFormat(parts: readonly SentPart[], used: number): SentPart[] {
  if (parts.length === 0) return [];
  const rest = used - parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const format: SentPart = { kind: 'format', tokens: Math.max(0, rest) };
  if (rest >= 0) return [...parts, format];
  const most = Math.max(...parts.map(({ tokens }) => tokens));
  const largest = parts.findIndex(({ tokens }) => tokens === most);
  return [
    ...parts.map((part, index) =>
      index === largest ? { ...part, tokens: Math.max(0, part.tokens + rest) } : part,
    ),
    format,
  ];
}

function omittedFrom(
  kept: readonly Message[],
  composed: readonly ComposedMessage[],
  dropped: number,
): PromptRecord['omitted'] {
  const sent = new Set(
    composed.flatMap(({ pieces }) =>
      pieces.map(({ origin }) => (origin.kind === 'message' ? origin.id : '')),
    ),
  );
  const isEmpty = (message: Message): boolean =>
    message.role === 'assistant' &&
    message.ending !== null &&
    !sent.has(message.id) &&
    answerText(message).trim() === '';
  const reasoning = composed.filter(
    ({ message }) => message.role === 'assistant' && message.unsentReasoning !== undefined,
  );
  const all = [
    { kind: 'messages' as const, count: dropped },
    { kind: 'empty-answers' as const, count: kept.filter(isEmpty).length },
    { kind: 'reasoning' as const, count: reasoning.length },
  ];
  return all.filter(({ count }) => count > 0);
}
