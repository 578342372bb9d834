import * as v from 'valibot';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import {
  chatGptMessageSchema,
  readChatGptContent,
  type ChatGptContent,
  type ChatGptMessage,
} from './chatGptContent';
import { ImportProblem } from './importProblem';

const nodeSchema = v.object({
  message: v.fallback(v.nullish(chatGptMessageSchema), null),
  parent: v.fallback(v.nullish(v.string()), null),
  children: v.fallback(v.array(v.string()), []),
});

const chatSchema = v.object({
  title: v.fallback(v.nullish(v.string()), null),
  create_time: v.fallback(v.nullish(v.union([v.number(), v.string()])), null),
  current_node: v.fallback(v.nullish(v.string()), null),
  default_model_slug: v.fallback(v.nullish(v.string()), null),
  mapping: v.looseObject({}),
});

interface ChatGptNode {
  readonly message: ChatGptMessage | null | undefined;
  readonly parent: string | null;
  readonly children: readonly string[];
}

/** True when a JSON value looks like a conversation of ChatGPT's `conversations.json`. */
export function isChatGptChat(value: unknown): boolean {
  return v.is(v.looseObject({ mapping: v.looseObject({}) }), value);
}

/**
 * The events of one conversation of ChatGPT's export, as the conversation `id`: its prompts and answers in
 * all versions, with their times and models. What ChatGPT said to its tools and hidden messages are left
 * out, as are nodes that cannot be read. Throws an `ImportProblem` when the nodes go in circles.
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
  const tree = new ChatGptTree(createdAt, chat.default_model_slug ?? 'chatgpt');
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

/** Each node with its parent and its children, whichever of the two says so. */
function readNodes(mapping: Readonly<Record<string, unknown>>): Map<string, ChatGptNode> {
  const nodes = new Map<string, v.InferOutput<typeof nodeSchema>>();
  for (const [nodeId, candidate] of Object.entries(mapping)) {
    const node = v.safeParse(nodeSchema, candidate);
    if (node.success) nodes.set(nodeId, node.output);
  }
  const parents = new Map<string, string>();
  for (const [nodeId, { children }] of nodes)
    for (const child of children) if (!parents.has(child)) parents.set(child, nodeId);
  for (const [nodeId, { parent }] of nodes)
    if (typeof parent === 'string' && nodes.has(parent)) parents.set(nodeId, parent);
  const children = new Map<string, Set<string>>();
  const add = (child: string): void => {
    const parent = parents.get(child);
    if (parent === undefined || !nodes.has(child)) return;
    children.set(parent, (children.get(parent) ?? new Set()).add(child));
  };
  // Versions in the order in which their parent lists them; those that it does not list come last.
  for (const [nodeId, { children: listed }] of nodes)
    for (const child of listed) if (parents.get(child) === nodeId) add(child);
  for (const nodeId of nodes.keys()) add(nodeId);
  return new Map(
    Array.from(nodes, ([nodeId, { message }]) => [
      nodeId,
      { message, parent: parents.get(nodeId) ?? null, children: [...(children.get(nodeId) ?? [])] },
    ]),
  );
}

/** Parents before children, versions in their order. */
function inTreeOrder(nodes: ReadonlyMap<string, ChatGptNode>): [string, ChatGptNode][] {
  const waiting = [...nodes].filter(([, { parent }]) => parent === null).reverse();
  const ordered: [string, ChatGptNode][] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ordered.push(next);
    for (const child of next[1].children.toReversed()) {
      const node = nodes.get(child);
      if (node !== undefined) waiting.push([child, node]);
    }
  }
  // What no root leads to goes in a circle.
  if (ordered.length < nodes.size) throw new ImportProblem('damaged');
  return ordered;
}

/** An answer may be several nodes, between calls of tools: they become one message. */
class ChatGptTree {
  private readonly events: ConversationEvent[] = [];
  /** Our message for each of their nodes: its own, or the nearest above. */
  private readonly places = new Map<string, { id: string | null; at: number; answering: boolean }>();
  private readonly ends = new Map<string, number>();
  /** Our messages that have words already. */
  private readonly withText = new Set<string>();
  /** When each of our messages began. */
  private readonly begun = new Map<string, number>();
  private readonly childCounts = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly createdAt: number,
    private readonly defaultModel: string,
  ) {}

  add(nodeId: string, { message, parent, children }: ChatGptNode): void {
    const above = this.places.get(parent ?? '') ?? { id: null, at: this.createdAt, answering: false };
    this.childCounts.set(nodeId, children.length);
    const content = message ? readChatGptContent(message) : undefined;
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

  private addMessage(
    message: ChatGptMessage,
    content: ChatGptContent,
    parent: string | null,
    at: number,
  ): string {
    this.count += 1;
    const id = `m${this.count}`;
    this.begun.set(id, at);
    const modelId = message.metadata?.model_slug ?? this.defaultModel;
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

  private appendTo(id: string, { text, reasoning }: ChatGptContent, at: number): void {
    const gap = this.withText.has(id) ? '\n\n' : '';
    if (reasoning !== '') this.events.push({ kind: 'reasoning-appended', id, text: reasoning + '\n\n', at });
    if (text !== '') {
      this.events.push({ kind: 'text-appended', id, text: gap + text, at });
      this.withText.add(id);
    }
    if (text !== '' || !this.ends.has(id)) this.ends.set(id, at);
  }
}

/** From seconds, as a number or in digits, or from a date; undefined for what is no time. */
function milliseconds(time: number | string | null | undefined): number | undefined {
  if (time === null || time === undefined || time === '') return undefined;
  const seconds = Number(time);
  const at = Number.isNaN(seconds) ? Date.parse(String(time)) : seconds * 1000;
  return Math.abs(at) < 8.64e15 ? Math.round(at) : undefined;
}
