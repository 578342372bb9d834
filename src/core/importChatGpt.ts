import * as v from 'valibot';
import type { ConversationEvent } from '../shared/events';
import { ImportProblem } from './importProblem';

const unknownTime = v.optional(v.nullable(v.number()));

const messageSchema = v.object({
  author: v.object({ role: v.string() }),
  create_time: unknownTime,
  content: v.optional(v.nullable(v.looseObject({ content_type: v.optional(v.string()) }))),
  recipient: v.optional(v.nullable(v.string())),
  metadata: v.optional(
    v.nullable(
      v.object({
        model_slug: v.optional(v.nullable(v.string())),
        is_visually_hidden_from_conversation: v.optional(v.nullable(v.boolean())),
      }),
    ),
  ),
});

const nodeSchema = v.object({
  message: v.optional(v.nullable(messageSchema)),
  parent: v.optional(v.nullable(v.string())),
  children: v.optional(v.array(v.string()), []),
});

const chatSchema = v.object({
  title: v.optional(v.nullable(v.string())),
  create_time: unknownTime,
  update_time: unknownTime,
  current_node: v.optional(v.nullable(v.string())),
  mapping: v.looseObject({}),
});

type ChatGptMessage = v.InferOutput<typeof messageSchema>;
type ChatGptNode = v.InferOutput<typeof nodeSchema>;

/** True when a JSON value looks like a conversation of ChatGPT's `conversations.json`. */
export function isChatGptChat(value: unknown): boolean {
  return v.is(v.looseObject({ mapping: v.looseObject({}) }), value);
}

/**
 * The events of one conversation of ChatGPT's export, as the conversation `id`: its prompts and answers in
 * all versions, with their times and models. What ChatGPT said to its tools and hidden messages are left
 * out. Throws an `ImportProblem` when the tree is none.
 *
 * @param now For what names no time, in milliseconds since the epoch.
 */
export function importChatGpt(value: unknown, id: string, now: number): ConversationEvent[] {
  const parsed = v.safeParse(chatSchema, value);
  if (!parsed.success) throw new ImportProblem('damaged');
  const chat = parsed.output;
  const nodes = readNodes(chat.mapping);
  const createdAt = milliseconds(chat.create_time) ?? now;
  const title = (chat.title ?? '').trim();
  const tree = new ChatGptTree(createdAt);
  for (const [nodeId, node] of inTreeOrder(nodes)) tree.add(nodeId, node);
  const selected = tree.placeOf(chat.current_node ?? '');
  return [
    { kind: 'conversation-created', id, at: createdAt },
    ...(title === ''
      ? []
      : [{ kind: 'title-changed' as const, title, source: 'user' as const, at: createdAt }]),
    ...tree.finish(),
    ...(selected === null ? [] : [{ kind: 'version-selected' as const, id: selected, at: createdAt }]),
  ];
}

function readNodes(mapping: Readonly<Record<string, unknown>>): Map<string, ChatGptNode> {
  const nodes = new Map<string, ChatGptNode>();
  for (const [nodeId, candidate] of Object.entries(mapping)) {
    const node = v.safeParse(nodeSchema, candidate);
    if (!node.success) throw new ImportProblem('damaged');
    nodes.set(nodeId, node.output);
  }
  return nodes;
}

/** Parents before children, versions in their order. A node that is reached twice makes the tree none, as does one never reached. */
function inTreeOrder(nodes: ReadonlyMap<string, ChatGptNode>): [string, ChatGptNode][] {
  const isRoot = ({ parent }: ChatGptNode): boolean => typeof parent !== 'string' || !nodes.has(parent);
  const waiting = [...nodes].filter(([, node]) => isRoot(node)).reverse();
  const ordered = new Map<string, ChatGptNode>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [nodeId, node] = next;
    if (ordered.has(nodeId)) throw new ImportProblem('damaged');
    ordered.set(nodeId, node);
    for (const child of node.children.toReversed()) {
      const childNode = nodes.get(child);
      if (childNode?.parent === nodeId) waiting.push([child, childNode]);
    }
  }
  if (ordered.size < nodes.size) throw new ImportProblem('damaged');
  return [...ordered];
}

/** An answer may be several nodes, between calls of tools: they become one message. */
class ChatGptTree {
  private readonly events: ConversationEvent[] = [];
  /** Our message for each of their nodes: its own, or the nearest above. */
  private readonly places = new Map<string, { id: string | null; at: number; answering: boolean }>();
  private readonly ends = new Map<string, number>();
  /** When each of our messages began. */
  private readonly begun = new Map<string, number>();
  private readonly childCounts = new Map<string, number>();
  private count = 0;

  constructor(private readonly createdAt: number) {}

  add(nodeId: string, { message, parent, children }: ChatGptNode): void {
    const above = this.places.get(parent ?? '') ?? { id: null, at: this.createdAt, answering: false };
    this.childCounts.set(nodeId, children.length);
    const content = message ? readContent(message) : undefined;
    if (!message || content === undefined) {
      this.places.set(nodeId, above);
      return;
    }
    const at = milliseconds(message.create_time) ?? above.at;
    const isAnswer = message.author.role === 'assistant';
    const goesOn = isAnswer && above.answering && (this.childCounts.get(parent ?? '') ?? 0) < 2;
    const id = goesOn && above.id !== null ? above.id : this.addMessage(message, content, above.id, at);
    this.places.set(nodeId, { id, at, answering: isAnswer });
    // When an answer ended is not in the file: with one time for all of it, no duration is shown.
    if (isAnswer) this.appendTo(id, content, this.begun.get(id) ?? at);
  }

  /** Our message for one of their nodes; null for none. */
  placeOf(nodeId: string): string | null {
    return this.places.get(nodeId)?.id ?? null;
  }

  finish(): ConversationEvent[] {
    const ending = { outcome: 'completed' as const, finishReason: null };
    return [
      ...this.events,
      ...Array.from(this.ends, ([id, at]) => ({
        kind: 'answer-ended' as const,
        id,
        ending,
        usage: null,
        servedModel: null,
        at,
      })),
    ];
  }

  private addMessage(message: ChatGptMessage, content: Content, parent: string | null, at: number): string {
    this.count += 1;
    const id = `m${this.count}`;
    this.begun.set(id, at);
    const modelId = message.metadata?.model_slug ?? 'chatgpt';
    this.events.push({
      kind: 'message-added',
      id,
      parent,
      at,
      content:
        message.author.role === 'user'
          ? { role: 'user', text: content.text, attachments: [] }
          : { role: 'assistant', model: { gatewayId: 'chatgpt', modelId }, modelName: modelId },
    });
    return id;
  }

  private appendTo(id: string, { text, reasoning }: Content, at: number): void {
    const gap = this.ends.has(id) ? '\n\n' : '';
    if (reasoning !== '') this.events.push({ kind: 'reasoning-appended', id, text: reasoning + '\n\n', at });
    if (text !== '') this.events.push({ kind: 'text-appended', id, text: gap + text, at });
    if (text !== '' || !this.ends.has(id)) this.ends.set(id, at);
  }
}

interface Content {
  readonly text: string;
  readonly reasoning: string;
}

/** Undefined for what people did not see. */
function readContent({ author, content, recipient, metadata }: ChatGptMessage): Content | undefined {
  if (!content || (author.role !== 'user' && author.role !== 'assistant')) return undefined;
  if (metadata?.is_visually_hidden_from_conversation === true) return undefined;
  if (recipient !== undefined && recipient !== null && recipient !== 'all') return undefined;
  switch (content.content_type) {
    case 'thoughts':
      return { text: '', reasoning: textsOf(content['thoughts'], 'content').join('\n\n') };
    case 'reasoning_recap':
    case 'user_editable_context':
    case 'model_editable_context':
      return undefined;
    case 'code':
      return {
        text: `\`\`\`\`\n${typeof content['text'] === 'string' ? content['text'] : ''}\n\`\`\`\``,
        reasoning: '',
      };
    default: {
      const parts = textsOf(content['parts'], 'text');
      const text =
        parts.length > 0 || typeof content['text'] !== 'string' ? parts.join('\n\n') : content['text'];
      return text.trim() === '' ? undefined : { text, reasoning: '' };
    }
  }
}

/** The texts among parts: strings, and objects with a text in `field`. A picture is not in the file and only named. */
function textsOf(parts: unknown, field: string): string[] {
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown) => {
    if (typeof part === 'string') return part === '' ? [] : [part];
    if (v.is(v.looseObject({ [field]: v.string() }), part)) return [String(part[field])];
    return v.is(v.looseObject({ asset_pointer: v.string() }), part) ? ['🖼'] : [];
  });
}

/** From seconds; undefined for what is no time. */
function milliseconds(seconds: number | null | undefined): number | undefined {
  if (seconds === null || seconds === undefined || !(Math.abs(seconds) < 8.64e12)) return undefined;
  return Math.round(seconds * 1000);
}
