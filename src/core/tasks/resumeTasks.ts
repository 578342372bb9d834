import type { AssistantMessage } from '../../shared/conversation/conversation';
import type { AnswerPlace } from '../ports/generationClient';
import type { Log } from '../ports/log';
import type { OpenTask, TaskClaims } from '../ports/taskClaims';

/** How many tasks of conversations that are not shown go on at once. Each keeps its conversation in memory. */
const mostAtOnce = 4;
/** Gateways forget tasks after a few days. In milliseconds. */
const oldest = 7 * 24 * 60 * 60 * 1000;

/** What `resumeTasks` needs. */
interface ResumeTasksPorts {
  readonly claims: TaskClaims;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The tasks that this window waits for. */
  readonly tracked: () => readonly { readonly place: AnswerPlace }[];
  /** Opens a conversation in the background, which lets its tasks go on. Undefined if it has no such answer. */
  readonly wake: (place: AnswerPlace) => Promise<AssistantMessage | undefined>;
}

/**
 * Lets the newest tasks go on that no window asks about. Forgets those whose answers have ended or are gone, and those that are too
 * old. Never rejects.
 *
 * @returns The number of tasks that are left for later, because other windows ask about them or because there are too many.
 */
export async function resumeTasks(ports: ResumeTasksPorts): Promise<number> {
  const { claims, log, now, tracked, wake } = ports;
  const key = ({ conversationId, answerId }: AnswerPlace): string => `${conversationId} ${answerId}`;
  const known = new Set(tracked().map(({ place }) => key(place)));
  let left = 0;
  try {
    for (const task of await claims.list()) {
      const { place, submittedAt, isClaimed } = task;
      if (known.has(key(place))) continue;
      if (isClaimed || known.size >= mostAtOnce) {
        left += 1;
        continue;
      }
      try {
        const answer = now() - submittedAt > oldest ? undefined : await wake(place);
        if (answer?.ending === null) known.add(key(place));
        else await forget(claims, task);
      } catch (error) {
        log.warn(`The tasks of conversation ${place.conversationId} are not resumed: ${String(error)}`);
      }
    }
  } catch (error) {
    log.warn(`Tasks are not resumed: ${String(error)}`);
  }
  return left;
}

async function forget(claims: TaskClaims, { place, submittedAt }: OpenTask): Promise<void> {
  await (await claims.claim(place, submittedAt))?.release();
}
