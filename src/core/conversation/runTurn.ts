import type { Ending } from '../../shared/answer/ending';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { FailureKind } from '../../shared/failure/failure';
import { endingOfFinish, mayPass } from '../../shared/answer/readFinishReason';
import type { Media } from '../../shared/answer/media';
import { totalOf, type Usage } from '../../shared/answer/usage';
import type { Pricing } from '../models/modelPrices';
import { withCost } from '../models/withCost';
import type { AnswerStream, StreamPart } from '../ports/answerStream';

/** Most choices of a request. Higher choice numbers of a gateway are limited to it. */
const mostChoices = 8;

/** A context window counts as full from this share on, because the token counts of gateways differ a little. */
const fullFrom = 0.99;

/** Failures that come from a finish reason. */
const stops: ReadonlySet<FailureKind> = new Set([
  'output-limit',
  'output-limit-unanswered',
  'window-full',
  'content-filtered',
  'answer-stopped',
]);

/** The answer of a turn, and what the turn needs to know about it. */
interface TurnAnswer {
  readonly id: string;
  readonly requestedModel: string;
  /** Tokens of prompt and answer together; null when unknown. */
  readonly contextWindow?: number | null;
  /** What the model costs; absent when unknown. */
  readonly pricing?: Pricing | undefined;
  /** Adds another version of the answer for a further choice of the same request. Returns its id. */
  readonly addVersion: () => string;
  /** The media that a version links to in its text. Called once for each version, at the end. */
  readonly mediaOf: (id: string) => readonly Media[];
  /** Estimates the tokens, for gateways that send no counts; null where tokens do not count. Called once, at the end. */
  readonly estimateUsage: () => Usage | null;
  /** Stores the content of a `data:` URL and returns the address for the journal. Absent: the journal holds the content. */
  readonly keepMedia?: (dataUrl: string) => Promise<string>;
}

/**
 * Converts the stream of one answer into events, batch by batch. Always ends with `answer-ended` for each choice; that of the first
 * choice comes last. Requests the next batch only after `emit` has returned, which preserves the backpressure of the socket.
 */
export async function runTurn(
  stream: AnswerStream,
  answer: TurnAnswer,
  emit: (events: readonly ConversationEvent[]) => void,
  now: () => number,
): Promise<void> {
  const turn = new Turn(answer);
  for await (const parts of stream) {
    const at = now();
    const kept = answer.keepMedia === undefined ? parts : await withKeptMedia(parts, answer.keepMedia);
    const events = kept.flatMap((part) => turn.read(part, at));
    if (events.length > 0) emit(events);
  }
  emit(turn.end(now()));
}

/** Replaces the content of finished media by its address. */
async function withKeptMedia(
  parts: readonly StreamPart[],
  keepMedia: (dataUrl: string) => Promise<string>,
): Promise<readonly StreamPart[]> {
  const kept: StreamPart[] = [];
  for (const part of parts) {
    if (part.kind !== 'media' || !part.media.url.startsWith('data:')) kept.push(part);
    else kept.push({ ...part, media: { ...part.media, url: await keepMedia(part.media.url) } });
  }
  return kept;
}

/** The state of a turn between its batches. */
class Turn {
  private readonly versions = new Map<number, string>();
  private readonly finishReasons = new Map<number, string>();
  /** By choice: length of text plus number of media, and whether it has reasoning and tool calls. */
  private readonly came = new Map<number, { text: number; reasoning: boolean; toolCalls: boolean }>();
  private usage: Usage | null = null;
  private servedModel: string | null = null;
  private ending: Ending = { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };

  constructor(private readonly answer: TurnAnswer) {
    this.versions.set(0, answer.id);
  }

  /** The events of one part; an empty list for parts that only matter at the end. */
  read(part: StreamPart, at: number): readonly ConversationEvent[] {
    this.note(part);
    switch (part.kind) {
      case 'text':
        return [{ kind: 'text-appended', id: this.idOf(part), text: part.text, at }];
      case 'reasoning':
        return [{ kind: 'reasoning-appended', id: this.idOf(part), text: part.text, at }];
      case 'text-was-reasoning':
        return [{ kind: 'text-became-reasoning', id: this.idOf(part), length: part.length, at }];
      case 'sources':
        return [{ kind: 'sources-added', id: this.idOf(part), sources: [...part.sources], at }];
      case 'progress':
        return [{ kind: 'prompt-progressed', id: this.answer.id, done: part.done, total: part.total, at }];
      case 'media':
        return [{ kind: 'media-added', id: this.idOf(part), media: part.media, at }];
      case 'task-submitted':
        return [{ kind: part.kind, id: this.answer.id, task: part.task, at }];
      case 'task-progressed':
        return [{ kind: part.kind, id: this.answer.id, state: part.state, percent: part.percent, at }];
      case 'preview':
        return [{ kind: 'preview-shown', id: this.answer.id, media: part.media, at }];
      case 'task-actions':
        return [{ kind: 'task-actions-offered', id: this.answer.id, actions: [...part.actions], at }];
      case 'tokens':
        return [{ kind: 'tokens-appended', id: this.idOf(part), tokens: [...part.tokens], at }];
      case 'tool-call':
        return [
          {
            kind: 'tool-called',
            id: this.idOf(part),
            call: part.call,
            ...(part.index !== undefined && { index: part.index }),
            at,
          },
        ];
      case 'tool-call-started':
        return [{ kind: part.kind, id: this.idOf(part), index: part.index, name: part.name, at }];
      case 'tool-call-arguments':
        return [{ kind: part.kind, id: this.idOf(part), index: part.index, text: part.text, at }];
      case 'retrying':
        return [{ kind: 'retry-scheduled', id: this.answer.id, retry: part.retry, at }];
      case 'adapted':
        return [{ kind: 'request-adapted', id: this.answer.id, part: part.part, at }];
      case 'kept-reasoning':
        return [{ kind: 'reasoning-kept', id: this.answer.id, items: [...part.items], at }];
      case 'choice-finished':
        this.finishReasons.set(part.choice, part.finishReason);
        return [];
      case 'usage':
        this.usage = part.usage;
        return [];
      case 'served-model':
        this.servedModel = part.modelId === this.answer.requestedModel ? null : part.modelId;
        return [];
      case 'ended':
        this.ending = part.ending;
        return [];
    }
  }

  /** The last events of all choices. Only the first choice gets the usage, because the gateway counts all choices together. */
  end(at: number): readonly ConversationEvent[] {
    const { servedModel } = this;
    const usage = this.finalUsage();
    const versions = [...this.versions].sort(([left], [right]) => right - left);
    const media = versions.flatMap(([, id]) =>
      this.answer
        .mediaOf(id)
        .map((found): ConversationEvent => ({ kind: 'media-added', id, media: found, at })),
    );
    const ends = versions.map(([choice, id]): ConversationEvent => ({
      kind: 'answer-ended',
      id,
      ending: this.endingOf(choice),
      usage: choice > 0 ? null : usage,
      servedModel,
      at,
    }));
    return [...media, ...ends];
  }

  /** The tokens with their cost. A gateway may report a cost without any count of tokens. */
  private finalUsage(): Usage | null {
    const { usage, answer } = this;
    const isCounted = usage !== null && totalOf(usage) > 0;
    const isFailed = this.ending.outcome === 'failed';
    const estimate = isCounted || isFailed ? null : answer.estimateUsage();
    const known = estimate === null ? usage : { ...usage, ...estimate };
    if (known !== null) return withCost(known, answer.pricing);
    // A picture, a video or music without counts: only a price per request says what it cost.
    const { cost } = this.ending.outcome === 'completed' ? withCost({}, answer.pricing) : {};
    return cost === undefined ? null : { cost: { ...cost, doubts: [...(cost.doubts ?? []), 'options'] } };
  }

  /** Records what a choice contains. Its ending depends on that. */
  private note(part: StreamPart): void {
    if (part.kind === 'usage' || part.kind === 'served-model' || part.kind === 'retrying') return;
    const { choice = 0 } = part as { readonly choice?: number };
    const came = this.came.get(choice) ?? { text: 0, reasoning: false, toolCalls: false };
    if (part.kind === 'text') came.text += part.text.length;
    if (part.kind === 'media') came.text += 1;
    if (part.kind === 'text-was-reasoning') came.text -= part.length;
    if (part.kind === 'reasoning' || part.kind === 'text-was-reasoning') came.reasoning = true;
    if (part.kind === 'tool-call') came.toolCalls = true;
    this.came.set(choice, came);
  }

  private endingOf(choice: number): Ending {
    const finishReason = this.finishReasons.get(choice);
    if (finishReason !== undefined) {
      const { text = 0, reasoning = false, toolCalls = false } = this.came.get(choice) ?? {};
      return endingOfFinish(finishReason, { text: text > 0, reasoning, toolCalls }, (kind, detail) => ({
        kind,
        retryable: mayPass(kind),
        ...(detail !== undefined && { detail }),
      }));
    }
    const { ending } = this;
    if (choice === 0) return this.isWindowFull() ? withWindowFull(ending, this.answer.contextWindow) : ending;
    // If the gateway sent a finish reason for the first choice, a choice without one was truncated.
    const wasTold =
      ending.outcome === 'completed'
        ? ending.finishReason !== null
        : ending.outcome !== 'cancelled' && stops.has(ending.failure.kind);
    return wasTold ? { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } } : ending;
  }

  /** True when prompt and answer fill the context window. Resuming the answer would exceed it. */
  private isWindowFull(): boolean {
    const { contextWindow: window } = this.answer;
    const { usage } = this;
    if (typeof window !== 'number' || usage === null || usage.estimated === true) return false;
    // With several choices, the usage is their sum.
    return this.versions.size === 1 && totalOf(usage) >= window * fullFrom;
  }

  private idOf({ choice = 0 }: { readonly choice?: number }): string {
    const known = this.versions.get(choice);
    if (known !== undefined) return known;
    // Choices arrive in any order, but their versions must be in the order of their numbers.
    for (let earlier = 1; earlier < Math.min(choice, mostChoices); earlier += 1) {
      if (!this.versions.has(earlier)) this.versions.set(earlier, this.answer.addVersion());
    }
    const id = this.answer.addVersion();
    this.versions.set(choice, id);
    return id;
  }
}

/** Changes an ending at the output limit to one at a full context window. */
function withWindowFull(ending: Ending, window: number | null | undefined): Ending {
  if (ending.outcome !== 'truncated' && ending.outcome !== 'failed') return ending;
  const { kind } = ending.failure;
  if (kind !== 'output-limit' && kind !== 'output-limit-unanswered') return ending;
  const limit = typeof window === 'number' ? { limit: window } : {};
  return { ...ending, failure: { ...ending.failure, kind: 'window-full', ...limit } };
}

/** A stream that ends at once, so that a failure before the request is handled like an answer. */
export function failedStream(ending: Ending): AnswerStream {
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
      yield await Promise.resolve([{ kind: 'ended', ending }]);
    },
    cancel: () => undefined,
  };
}
