import { asArray } from '../json/replyObject';

type Message = Readonly<Record<string, unknown>> & {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly tool_calls?: unknown;
};

/** Said for the user where a template wants the user to speak. */
const goOn = 'Continue.';
/** Said for the model where its answer is missing between a tool's result and the next prompt. */
const noAnswer = '[no answer]';

/**
 * The messages in the order that strict templates want: system messages as one at the head, then the user, then the two in
 * turns, the user (or a tool's result) last. Neighbours of one role are joined. Returns `messages` itself when they are.
 */
export function inOrder<Body extends Message>(messages: readonly Body[]): readonly (Body | Message)[] {
  const system = messages.filter(({ role }) => role === 'system');
  const rest = messages.filter(({ role }) => role !== 'system');
  const ordered: Message[] = [];
  if (system.length > 1)
    ordered.push({ ...system[0], content: joinedContent(system.map(({ content }) => content)) });
  else ordered.push(...system);
  for (const message of rest) {
    const last = ordered.at(-1);
    if (message.role === 'assistant' && (last === undefined || last.role === 'system')) {
      ordered.push({ role: 'user', content: goOn });
    }
    if (message.role === 'user' && last?.role === 'tool')
      ordered.push({ role: 'assistant', content: noAnswer });
    if (last !== undefined && last === ordered.at(-1) && mayJoin(last, message)) {
      ordered[ordered.length - 1] = { ...last, content: joinedContent([last.content, message.content]) };
    } else {
      ordered.push(message);
    }
  }
  const last = ordered.at(-1);
  if (last?.role === 'assistant') ordered.push({ role: 'user', content: goOn });
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
