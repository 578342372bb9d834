import * as v from 'valibot';
import type { Attachment } from '../../shared/conversation/attachment';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { ImportProblem } from './importProblem';
import { readTime } from './readTime';

const partSchema = v.looseObject({
  type: v.string(),
  text: v.optional(v.string()),
  imageUrl: v.optional(v.looseObject({ url: v.string() })),
});

const itemSchema = v.object({
  message: v.looseObject({ role: v.string(), content: v.union([v.string(), v.array(partSchema)]) }),
  contextItems: v.optional(
    v.nullable(v.array(v.looseObject({ name: v.optional(v.string(), ''), content: v.string() }))),
  ),
  promptLogs: v.optional(v.nullable(v.array(v.looseObject({ modelTitle: v.optional(v.string()) })))),
});

const sessionSchema = v.object({
  title: v.optional(v.nullable(v.string())),
  chatModelTitle: v.optional(v.nullable(v.string())),
  dateCreated: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  history: v.array(itemSchema),
});

type Session = v.InferOutput<typeof sessionSchema>;
type Item = Session['history'][number];

/** True when a JSON value looks like a session file of Continue. */
export function isContinueSession(value: unknown): boolean {
  return v.is(v.looseObject({ history: v.array(v.looseObject({ message: v.looseObject({}) })) }), value);
}

/**
 * Reads a session of Continue: prompts with attachments, reasoning and answers. Leaves out system messages and tools.
 *
 * @param id Id of the new conversation.
 * @param now Used when the session has no time, in milliseconds since the epoch.
 * @throws {ImportProblem} `damaged` when the value is not a session.
 */
export function importContinue(value: unknown, id: string, now: number): ConversationEvent[] {
  const parsed = v.safeParse(sessionSchema, value);
  if (!parsed.success) throw new ImportProblem('damaged');
  // Continue writes milliseconds since the epoch, as a number or as text, or an ISO date.
  const at = readTime(parsed.output.dateCreated, 1) ?? now;
  const title = (parsed.output.title ?? '').trim();
  return [
    { kind: 'conversation-created', id, at },
    ...(title === '' ? [] : [{ kind: 'title-changed' as const, title, source: 'user' as const, at }]),
    ...messages(parsed.output, at),
  ];
}

function messages({ history, chatModelTitle }: Session, at: number): ConversationEvent[] {
  const events: ConversationEvent[] = [];
  let parent: string | null = null;
  let reasoning = '';
  for (const [index, item] of history.entries()) {
    const { role } = item.message;
    const text = textOf(item);
    const id = `m${index + 1}`;
    if (role === 'thinking') reasoning += text;
    if (role === 'user') {
      const attachments = attachmentsOf(item, id);
      events.push({ kind: 'message-added', id, parent, at, content: { role, text, attachments } });
      parent = id;
    } else if (role === 'assistant' && (text !== '' || reasoning !== '')) {
      const modelName = item.promptLogs?.at(-1)?.modelTitle ?? chatModelTitle ?? 'Continue';
      const model = { gatewayId: 'continue', modelId: modelName };
      const ending = { outcome: 'completed' as const, finishReason: null };
      events.push({ kind: 'message-added', id, parent, at, content: { role, model, modelName } });
      if (reasoning !== '') events.push({ kind: 'reasoning-appended', id, text: reasoning, at });
      if (text !== '') events.push({ kind: 'text-appended', id, text, at });
      events.push({ kind: 'answer-ended', id, ending, usage: null, servedModel: null, at });
      reasoning = '';
      parent = id;
    }
  }
  return events;
}

function textOf({ message: { content } }: Item): string {
  if (typeof content === 'string') return content;
  return content.map(({ text }) => text ?? '').join('');
}

function attachmentsOf({ message: { content }, contextItems }: Item, id: string): Attachment[] {
  const texts = (contextItems ?? []).map((item, index): Attachment => ({
    kind: 'text',
    id: `${id}-context-${index}`,
    scope: 'paste',
    name: item.name,
    languageId: '',
    text: item.content,
    truncated: false,
  }));
  const pictures = (typeof content === 'string' ? [] : content).flatMap(
    ({ imageUrl }, index): Attachment[] =>
      imageUrl !== undefined && /^(?:data:image\/|https?:)/.test(imageUrl.url)
        ? [{ kind: 'image', id: `${id}-picture-${index}`, name: 'image', url: imageUrl.url }]
        : [],
  );
  return [...texts, ...pictures];
}
