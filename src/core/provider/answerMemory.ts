import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { UnusableCall } from './checkCalls';

/** What other programs don't send back of an answer that called tools, although its model may need it. */
interface RememberedAnswer {
  /** `gatewayId/modelId`. */
  readonly model: string;
  /** The ids of the calls that were passed on, in order. */
  readonly callIds: readonly string[];
  readonly reasoning: string;
  readonly keptReasoning?: KeptReasoning;
  /** The calls that were not passed on. */
  readonly unusable: readonly UnusableCall[];
}

/** How many answers are remembered. */
const mostAnswers = 500;
/** How much reasoning is remembered, in UTF-16 units. Encrypted reasoning is counted as well. */
const mostText = 8_000_000;

/** Remembers the answers that called tools until newer ones replace them. A tool loop needs only those of its own run. */
export class AnswerMemory {
  /** The oldest first. */
  private readonly answers = new Map<string, RememberedAnswer>();
  private length = 0;

  /** True if an answer has passed on a call with this id. */
  has(callId: string): boolean {
    return this.answers.has(callId);
  }

  /** The answer of a model that passed on exactly these calls. */
  find(model: string, callIds: readonly string[]): RememberedAnswer | undefined {
    const answer = this.answers.get(callIds[0] ?? '');
    const isSame =
      answer?.model === model &&
      answer.callIds.length === callIds.length &&
      answer.callIds.every((id, place) => id === callIds[place]);
    return isSame ? answer : undefined;
  }

  remember(answer: RememberedAnswer): void {
    for (const id of answer.callIds) {
      this.forget(id);
      this.answers.set(id, answer);
      this.length += lengthOf(answer);
    }
    for (const id of this.answers.keys()) {
      if (this.answers.size <= mostAnswers && this.length <= mostText) return;
      this.forget(id);
    }
  }

  private forget(callId: string): void {
    const answer = this.answers.get(callId);
    if (answer === undefined) return;
    this.answers.delete(callId);
    this.length -= lengthOf(answer);
  }
}

/** Its length for each of its calls. */
function lengthOf({ reasoning, keptReasoning, callIds }: RememberedAnswer): number {
  const kept = keptReasoning === undefined ? 0 : JSON.stringify(keptReasoning).length;
  return (reasoning.length + kept) / callIds.length;
}
