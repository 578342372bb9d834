import type { Message } from '../../shared/conversation/conversation';
import type { EventOf } from '../../shared/conversation/conversationEvent';
import { toolResultEvent } from './toolResultEvent';

const words = 'This call did not finish, because VS Code was closed.';

/**
 * Results for calls that have none although they began: the window was closed, or crashed, while they ran. They go below the
 * end of the path, so that the next prompt holds each call with a result.
 *
 * @param path Ends with the answer that made the calls, or with results of some of them; otherwise nothing is to be closed.
 * @param now Milliseconds since the epoch.
 */
export function closeOpenCalls(
  path: readonly Message[],
  newId: () => string,
  now: number,
): readonly EventOf<'message-added'>[] {
  const place = path.findLastIndex(({ role }) => role !== 'tool');
  const answer = path[place];
  const end = path.at(-1);
  if (answer?.role !== 'assistant' || end === undefined) return [];
  const results = new Set(path.slice(place + 1).map((message) => message.role === 'tool' && message.callId));
  const calls = answer.parts.flatMap((part) =>
    part.kind === 'tool-call' && part.call.complete ? [part] : [],
  );
  // Calls that no tool was asked to run are left out of prompts.
  if (calls.every(({ state }) => state === 'written')) return [];
  let parent = end.id;
  return calls
    .filter(({ call }) => !results.has(call.id))
    .map(({ call }) => {
      const id = newId();
      const event = toolResultEvent(id, parent, call, { text: words, outcome: 'cancelled', at: now });
      parent = id;
      return event;
    });
}
