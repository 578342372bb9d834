import * as v from 'valibot';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import {
  chatGptMessageSchema,
  readChatGptContent,
  type ChatGptContent,
  type ChatGptMessage,
} from './chatGptContent';
import { ImportProblem } from './importProblem';
import { readTime } from './readTime';

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

/** True when a JSON value looks like a conversation in ChatGPT's `conversations.json`. */
export function isChatGptChat(value: unknown): boolean {
  return v.is(v.looseObject({ mapping: v.looseObject({}) }), value);
}

/**
 * Reads one conversation of ChatGPT's export: all versions of prompts and answers, with times and models. Leaves out hidden
 * messages, messages to tools and invalid nodes.
 *
 * @param id Id of the new conversation.
 * @param now Used where the file has no time, in milliseconds since the epoch.
 * @throws {ImportProblem} `damaged` when the value is not a conversation or its nodes form a cycle.
 */
export function importChatGpt(value: unknown, id: string, now: number): ConversationEvent[] {
  const parsed = v.safeParse(chatSchema, value);
  if (!parsed.success) throw new ImportProblem('damaged');
  const chat = parsed.output;
  const nodes = readNodes(chat.mapping);
  const createdAt = readTime(chat.create_time, 1_000) ?? now;
  const title = (chat.title ?? '').trim();
  const tree = new ChatGptTree(createdAt, chat.default_model_slug ?? 'chatgpt');
  for (const [nodeId, node] of inTreeOrder(nodes)) tree.add(nodeId, node);
  const selected = tree.messageOf(chat.current_node ?? '');
  return [
    { kind: 'conversation-created', id, at: createdAt },
    ...(title === ''
      ? []
      : [{ kind: 'title-changed' as const, title, source: 'user' as const, at: createdAt }]),
    ...tree.finish(),
    ...(selected === null ? [] : [{ kind: 'version-selected' as const, id: selected, at: createdAt }]),
  ];
}

/** Each node with its parent and its children. The file may state the relation at the parent, at the child, or at both. */
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
  // Versions are in the order of their parent's list. Versions that the list does not name come last.
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

/**
 * The nodes with parents before children and versions in order.
 *
 * @throws {ImportProblem} `damaged` unless every node is reached from a root (no cycles).
 */
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
  if (ordered.length < nodes.size) throw new ImportProblem('damaged');
  return ordered;
}

/** Builds messages from nodes. An answer may consist of several nodes, with tool calls between them: they become one message. */
class ChatGptTree {
  private readonly events: ConversationEvent[] = [];
  /** By node: the id of its message, or of the nearest message above a node that is left out. */
  private readonly messages = new Map<string, { id: string | null; at: number; answering: boolean }>();
  private readonly ends = new Map<string, number>();
  /** Ids of messages that have text. */
  private readonly withText = new Set<string>();
  /** By message id: when it began, in milliseconds since the epoch. */
  private readonly begun = new Map<string, number>();
  private readonly childCounts = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly createdAt: number,
    private readonly defaultModel: string,
  ) {}

  add(nodeId: string, { message, parent, children }: ChatGptNode): void {
    const above = this.messages.get(parent ?? '') ?? { id: null, at: this.createdAt, answering: false };
    this.childCounts.set(nodeId, children.length);
    const content = message ? readChatGptContent(message) : undefined;
    if (!message || content === undefined) {
      this.messages.set(nodeId, above);
      return;
    }
    const at = readTime(message.create_time, 1_000) ?? above.at;
    const isAnswer = message.author.role === 'assistant';
    const continues = isAnswer && above.answering && (this.childCounts.get(parent ?? '') ?? 0) < 2;
    const id = continues && above.id !== null ? above.id : this.addMessage(message, content, above.id, at);
    this.messages.set(nodeId, { id, at, answering: isAnswer });
    // The file does not state when an answer ended. All its events get one time, so that no duration is shown.
    if (isAnswer) this.appendTo(id, content, this.begun.get(id) ?? at);
  }

  /** The id of a node's message; null when it has none. */
  messageOf(nodeId: string): string | null {
    return this.messages.get(nodeId)?.id ?? null;
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
