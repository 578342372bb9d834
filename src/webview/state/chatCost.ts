import type { Cost } from '../../shared/answer/cost';
import type { Usage } from '../../shared/answer/usage';
import { pathTo, type AssistantMessage, type Conversation } from '../../shared/conversation/conversation';

/** The known costs of some requests. */
interface RequestCosts {
  /** How many requests there were. */
  readonly count: number;
  /** The costs that are known. */
  readonly costs: readonly Cost[];
}

/** What a chat has cost. */
export interface ChatCost {
  /** The answers, with all their versions. */
  readonly answers: RequestCosts;
  /** The requests that Parley made by itself. */
  readonly own: RequestCosts;
}

/**
 * What the requests of a conversation cost. Includes versions that are not displayed. Leaves out the answers that a fork copied,
 * which the original conversation has paid for, and answers that failed without any count.
 */
export function chatCostOf(conversation: Conversation): ChatCost {
  const { origin, messages, backgroundRequests } = conversation;
  const copied = new Set(
    origin === undefined ? [] : pathTo(conversation, origin.message).map(({ id }) => id),
  );
  const answers = [...messages.values()].flatMap((message) =>
    message.role === 'assistant' && !copied.has(message.id) ? usagesOf(message) : [],
  );
  return {
    answers: costsOf(answers),
    own: costsOf(backgroundRequests.map(({ usage }) => usage)),
  };
}

/** The costs of one answer; empty unless the cost of each of its requests is known. */
export function answerCosts(message: AssistantMessage): readonly Cost[] {
  const { count, costs } = costsOf(usagesOf(message));
  return costs.length === count ? costs : [];
}

/** The counts of each request for an answer: several if it was truncated and resumed. */
function usagesOf({ earlierUsage = [], usage, ending }: AssistantMessage): readonly Usage[] {
  // A resumed answer keeps the usage of its last request until the next end.
  return ending === null || usage === null ? earlierUsage : [...earlierUsage, usage];
}

function costsOf(usages: readonly Usage[]): RequestCosts {
  return { count: usages.length, costs: usages.flatMap(({ cost }) => cost ?? []) };
}
