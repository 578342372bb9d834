import {
  pathTo,
  selectedPath,
  type Conversation,
  type Message,
  type UserMessage,
} from '../../shared/conversation/conversation';
import { closeOpenCalls } from '../agent/closeOpenCalls';
import { planNext, type PromptPlan } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import type { TokenCounter } from '../prompt/tokenCounter';

/** The text and the attachments of a prompt that was not sent yet. */
export interface NextPrompt extends Pick<UserMessage, 'text' | 'attachments'> {
  /** Id of the prompt of which this is a new version; absent for a prompt at the end of the selected path. */
  readonly replaces?: string;
}

/**
 * Plans the next prompt without a change of the conversation. It is the same prompt that `Session.submit` or `Session.edit`
 * would send.
 *
 * @param next Without text and attachments, the plan holds the conversation alone.
 */
export function planNextPrompt(
  conversation: Conversation,
  next: NextPrompt,
  target: Target,
  counter: TokenCounter,
): PromptPlan {
  const { text, attachments, replaces } = next;
  const path =
    replaces === undefined ? selectedPath(conversation) : pathTo(conversation, replaces).slice(0, -1);
  if (replaces === undefined) path.push(...openCallResults(path));
  const isEmpty = text.trim() === '' && attachments.length === 0;
  const prompt: UserMessage = { ...base('next', path), role: 'user', text, attachments, comparison: null };
  return planNext(path, isEmpty ? null : prompt, target, counter);
}

/** The results that calls without a result get when a prompt is sent. */
function openCallResults(path: readonly Message[]): Message[] {
  let count = 0;
  const events = closeOpenCalls(path, () => `result ${(count += 1)}`, 0);
  return events.flatMap(({ id, content }) =>
    content.role === 'tool' ? [{ ...content, ...base(id, path) }] : [],
  );
}

function base(
  id: string,
  path: readonly Message[],
): Pick<Message, 'id' | 'parent' | 'children' | 'selectedChild' | 'createdAt'> {
  return { id, parent: path.at(-1)?.id ?? null, children: [], selectedChild: null, createdAt: 0 };
}
