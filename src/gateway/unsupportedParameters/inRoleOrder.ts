import { asArray } from '../json/replyObject';

type Message = Readonly<Record<string, unknown>> & {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly tool_calls?: unknown;
};

/** The text of a user message that is added where a chat template requires one. */
const continuePrompt = 'Continue.';
/** The text of an answer that is added where the model's answer is missing between a tool result and the next prompt. */
const missingAnswer = '[no answer]';

/**
 * Puts messages into the order that strict chat templates require: one system message first, then user and assistant in
 * turn, with a user message or a tool result last. Joins neighbouring messages of the same role. Returns `messages`
 * itself if it already has this order.
 */
export function inRoleOrder<Body extends Message>(messages: readonly Body[]): readonly (Body | Message)[] {
  const system = messages.filter(({ role }) => role === 'system');
  const rest = messages.filter(({ role }) => role !== 'system');
  const ordered: Message[] = [];
  if (system.length > 1)
    ordered.push({ ...system[0], content: joinedContent(system.map(({ content }) => content)) });
  else ordered.push(...system);
  for (const message of rest) {
    const last = ordered.at(-1);
    if (message.role === 'assistant' && (last === undefined || last.role === 'system')) {
      ordered.push({ role: 'user', content: continuePrompt });
    }
    if (message.role === 'user' && last?.role === 'tool')
      ordered.push({ role: 'assistant', content: missingAnswer });
    if (last !== undefined && last === ordered.at(-1) && mayJoin(last, message)) {
      ordered[ordered.length - 1] = { ...last, content: joinedContent([last.content, message.content]) };
    } else {
      ordered.push(message);
    }
  }
  const last = ordered.at(-1);
  if (last?.role === 'assistant') ordered.push({ role: 'user', content: continuePrompt });
  const isSame =
    ordered.length === messages.length && ordered.every((message, at) => message === messages[at]);
  return isSame ? messages : ordered;
}

function mayJoin(last: Message, next: Message): boolean {
  if (last.role !== next.role || last.role === 'tool') return false;
  return [last, next].every(({ tool_calls: calls }) => asArray(calls).length === 0);
}

function joinedContent(contents: readonly unknown[]): unknown {
  if (contents.every((content) => typeof content === 'string'))
    return contents.filter((text) => text !== '').join('\n\n');
  return contents.flatMap((content) =>
    typeof content === 'string' ? [{ type: 'text', text: content }] : asArray(content),
  );
}
