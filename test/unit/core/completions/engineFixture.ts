import { CompletionEngine, type CompletionPorts } from '../../../../src/core/completions/completionEngine';
import type { Timer } from '../../../../src/core/completions/timer';
import type {
  CompletionTarget,
  CompletionUsage,
} from '../../../../src/core/completions/writeCompletionRequest';
import type { CompletionPlace } from '../../../../src/core/completions/completionPlace';
import type { AnswerStream, StreamPart } from '../../../../src/core/ports/answerStream';
import type { CompletionForm, CompletionRequest } from '../../../../src/core/ports/completionClient';
import type { Failure, FailureKind } from '../../../../src/shared/failure/failure';
import { placeIn } from './placeIn';

/** A request whose answer the test writes. */
export class WrittenAnswer implements AnswerStream {
  isCancelled = false;
  private readonly batches: (readonly StreamPart[])[] = [];
  private wake: () => void = () => undefined;

  constructor(
    readonly request: CompletionRequest,
    private readonly onCancelled: () => void,
  ) {}

  write(text: string): void {
    this.send({ kind: 'text', text });
  }

  end(finishReason = 'stop'): void {
    this.send({ kind: 'ended', ending: { outcome: 'completed', finishReason } });
  }

  fail(kind: FailureKind, more: Partial<Failure> = {}): void {
    this.send({ kind: 'ended', ending: { outcome: 'failed', failure: { kind, retryable: true, ...more } } });
  }

  send(...parts: StreamPart[]): void {
    this.batches.push(parts);
    this.wake();
  }

  cancel(): void {
    if (this.isCancelled) return;
    this.isCancelled = true;
    this.onCancelled();
    this.send({ kind: 'ended', ending: { outcome: 'cancelled' } });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
    for (;;) {
      const batch = this.batches.shift();
      if (batch === undefined) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      yield batch;
      if (batch.some(({ kind }) => kind === 'ended')) return;
    }
  }
}

/** A clock that the test turns. */
class TestTimer implements Timer {
  private time = 0;
  private readonly calls = new Set<{ readonly at: number; readonly call: () => void }>();

  readonly now = (): number => this.time;

  readonly after = (milliseconds: number, call: () => void): (() => void) => {
    const entry = { at: this.time + milliseconds, call };
    this.calls.add(entry);
    return () => this.calls.delete(entry);
  };

  /** Lets time pass, step by step, with everything that waits for it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      const [next] = [...this.calls].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.calls.delete(next);
      this.time = Math.max(this.time, next.at);
      next.call();
    }
    this.time = end;
    await settle();
  }
}

/** Lets all promises go on that can. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

/** A question for a completion, as an editor asks it. */
export interface Question {
  /** The completion; null if the engine has no completion; undefined while it works. */
  text: string | null | undefined;
  /** How many characters after the cursor the text replaces. */
  replaces?: number | undefined;
  /** The user has gone on. */
  readonly cancel: () => void;
}

/** An engine with a clock and a model that the test controls. */
export class EngineFixture {
  readonly answers: WrittenAnswer[] = [];
  readonly timer = new TestTimer();
  readonly used: CompletionUsage[] = [];
  readonly failures: Failure[] = [];
  form: CompletionForm = 'suffix';
  hasTarget = true;
  /** The most requests that were open at the same time. */
  mostOpen = 0;
  private open = 0;
  private readonly seen = new Set<WrittenAnswer>();

  readonly engine: CompletionEngine;

  constructor(ports: Partial<CompletionPorts> = {}) {
    this.engine = new CompletionEngine({
      client: { complete: (request) => this.complete(request) },
      timer: this.timer,
      target: () => Promise.resolve(this.hasTarget ? this.target() : undefined),
      related: () => Promise.resolve([]),
      onActivity: () => undefined,
      onUsed: (usage) => this.used.push(usage),
      onFailed: (failure) => this.failures.push(failure),
      ...ports,
    });
  }

  /** The last request. */
  get last(): WrittenAnswer {
    const answer = this.answers.at(-1);
    if (answer === undefined) throw new Error('Nothing was requested.');
    return answer;
  }

  /** Asks for a completion of a text whose cursor is marked with `¦`, or of a place. */
  ask(place: string | CompletionPlace): Question {
    const stopping = new AbortController();
    const question: Question = {
      text: undefined,
      cancel: () => {
        stopping.abort();
      },
    };
    const at = typeof place === 'string' ? placeIn(place) : place;
    void this.engine.complete(at, stopping.signal).then((found) => {
      question.text = found?.text ?? null;
      question.replaces = found?.replaces;
    });
    return question;
  }

  /** Types one more character of a line, as an editor reports it: the change, the end of the last question, the next question. */
  async type(before: string, typed: string, earlier: Question | undefined): Promise<Question> {
    this.engine.changed('test', [{ offset: before.length, removed: 0, inserted: typed }]);
    earlier?.cancel();
    // VS Code itself waits for a moment.
    await this.timer.pass(50);
    return this.ask(`${before}${typed}¦`);
  }

  private complete(request: CompletionRequest): WrittenAnswer {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    const answer = new WrittenAnswer(request, () => {
      this.close(answer);
    });
    const send = answer.send.bind(answer);
    answer.send = (...parts) => {
      if (parts.some(({ kind }) => kind === 'ended')) this.close(answer);
      send(...parts);
    };
    this.answers.push(answer);
    return answer;
  }

  private close(answer: WrittenAnswer): void {
    if (this.seen.has(answer)) return;
    this.seen.add(answer);
    this.open -= 1;
  }

  private target(): CompletionTarget {
    return {
      gateway: {
        ...{ id: 'mine', name: 'Mine', baseUrl: 'https://gateway.example/v1', auth: 'bearer' },
        ...{ headers: {}, models: [], extraBody: {} },
      },
      modelId: 'coder',
      timeouts: { connect: 1, firstToken: 1, idle: 1 },
      form: this.form,
      contextWindow: undefined,
    };
  }
}
