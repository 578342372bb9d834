import type { KeptReasoning, ReasoningItem } from '../../../shared/answer/keptReasoning';
import { parseReply } from '../../json/parseReply';
import { asArray, asCount, asObject, plainText } from '../../json/replyObject';
import type { RequestBody } from '../../unsupportedParameters/removeUnsupportedParameters';
import {
  demandedFunction,
  functionsOf,
  startOfToolLoop,
  turnsOf,
  type ChatTurn,
  type ContentPiece,
} from '../chatTurns';
import type { WritingFacts } from '../endpointFormat';
import { withoutFields } from '../withoutFields';
import { keptReasoningForm } from '../isKeptReasoningRefused';
import { outputLimitIn } from './findOutputLimit';
import { thinkingFields, thinkingRoom } from './thinkingFields';

type Block = Readonly<Record<string, unknown>>;

interface WrittenMessage {
  readonly role: 'user' | 'assistant';
  readonly content: Block[];
}

/** The fields of Chat Completions that are translated, or that Messages do without. */
const translatedFields = [
  'messages',
  'stream_options',
  'return_progress',
  'max_tokens',
  'max_completion_tokens',
  'reasoning_effort',
  'stop',
  'user',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
] as const;

type TranslatedField = (typeof translatedFields)[number];

/** `max_tokens` for a model whose limit is unknown. The field is required. */
const usualLimit = 8_192;

/** The text of a user message that is added where the endpoint requires one. */
const continuePrompt = 'Continue.';

/**
 * Translates a request from Chat Completions to Anthropic's Messages ("Create a Message"). Fields that only Chat Completions has are
 * passed on if the user set them, so that the gateway and not Parley decides about them.
 */
export function writeMessages(body: RequestBody, facts: WritingFacts): RequestBody {
  const {
    max_tokens: maxTokens,
    max_completion_tokens: maxCompletionTokens,
    reasoning_effort: effort,
    stop,
    user,
    tool_choice: choice,
    parallel_tool_calls: parallel,
  }: Readonly<Partial<Record<TranslatedField, unknown>>> = body;
  const { system, turns } = turnsOf(body);
  const kept = facts.unsupported.has(keptReasoningForm)
    ? new Map<string, KeptReasoning>()
    : facts.keptReasoning;
  const room = facts.maxOutput ?? usualLimit + thinkingRoom(effort);
  const limit = Math.min(
    asCount(maxTokens) ?? asCount(maxCompletionTokens) ?? room,
    outputLimitIn(facts.unsupported),
  );
  const thinking = lacksThinking(turns, kept)
    ? {}
    : thinkingFields(effort, {
        modelId: plainText(body['model']),
        maxTokens: limit,
        unsupported: facts.unsupported,
      });
  const tools = functionsOf(body).map(({ name, description, parameters }) => ({
    name,
    ...(description !== undefined && { description }),
    input_schema: parameters ?? { type: 'object', properties: {} },
  }));
  return {
    ...withoutFields(body, translatedFields),
    max_tokens: limit,
    ...(system !== '' && { system }),
    messages: writeTurns(turns, kept),
    ...(stop !== undefined && { stop_sequences: Array.isArray(stop) ? asArray(stop) : [stop] }),
    ...(user !== undefined && { metadata: { user_id: user } }),
    ...(tools.length > 0 && { tools, ...choiceOf(choice, parallel) }),
    ...thinking,
  };
}

/** True if the model is to continue after a tool call whose thinking is not known. Thinking must then be off. */
function lacksThinking(turns: readonly ChatTurn[], kept: ReadonlyMap<string, KeptReasoning>): boolean {
  return turns
    .slice(startOfToolLoop(turns))
    .some(
      (turn) =>
        turn.role === 'assistant' && turn.calls.length > 0 && itemsOf(turn.calls[0]?.id, kept).length === 0,
    );
}

function itemsOf(
  callId: string | undefined,
  kept: ReadonlyMap<string, KeptReasoning>,
): readonly Exclude<ReasoningItem, { type: 'reasoning' }>[] {
  return (kept.get(callId ?? '') ?? []).filter((item) => item.type !== 'reasoning');
}

function choiceOf(choice: unknown, parallel: unknown): Readonly<Record<string, unknown>> {
  const only = parallel === false ? { disable_parallel_tool_use: true } : {};
  const name = demandedFunction(choice);
  if (name !== undefined) return { tool_choice: { type: 'tool', name, ...only } };
  if (choice === 'required') return { tool_choice: { type: 'any', ...only } };
  if (choice === 'none') return { tool_choice: { type: 'none' } };
  return choice === 'auto' || parallel === false ? { tool_choice: { type: 'auto', ...only } } : {};
}

/**
 * Writes the messages in the order that the endpoint requires: user and assistant in turn, the user first and last, and the results
 * of tools in the message after their calls, before anything else.
 */
function writeTurns(
  turns: readonly ChatTurn[],
  kept: ReadonlyMap<string, KeptReasoning>,
): readonly WrittenMessage[] {
  const written: WrittenMessage[] = [];
  const ids = new CallIds();
  const loop = startOfToolLoop(turns);
  const add = (role: WrittenMessage['role'], blocks: readonly Block[]): void => {
    const last = written.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else if (blocks.length > 0) written.push({ role, content: [...blocks] });
  };
  for (const [at, turn] of turns.entries()) {
    if (turn.role === 'user') add('user', turn.content.map(blockOf));
    else if (turn.role === 'tool')
      add('user', [{ type: 'tool_result', tool_use_id: ids.of(turn.callId), content: turn.text }]);
    else {
      if (written.length === 0) add('user', [textBlock(continuePrompt)]);
      add('assistant', answerBlocks(turn, at >= loop ? itemsOf(turn.calls[0]?.id, kept) : [], ids));
    }
  }
  if (written.at(-1)?.role !== 'user') add('user', [textBlock(continuePrompt)]);
  return written;
}

/** The blocks of an answer. Its thinking comes exactly as the endpoint sent it, at its place. */
function answerBlocks(
  { text, calls }: Extract<ChatTurn, { role: 'assistant' }>,
  items: readonly Exclude<ReasoningItem, { type: 'reasoning' }>[],
  ids: CallIds,
): readonly Block[] {
  const thinkingAt = (calls: number, afterText: boolean): readonly Block[] =>
    items
      .filter((item) => item.afterCalls === calls && (calls > 0 || item.afterText === afterText))
      .map((item) => withoutFields(item, ['afterText', 'afterCalls']));
  return [
    ...thinkingAt(0, false),
    ...(text.trim() === '' ? [] : [textBlock(text)]),
    ...thinkingAt(0, true),
    ...calls.flatMap((call, index) => [
      {
        type: 'tool_use',
        id: ids.of(call.id),
        name: call.name,
        input: asObject(parseReply(call.arguments)) ?? {},
      },
      ...thinkingAt(index + 1, true),
    ]),
  ];
}

function blockOf(piece: ContentPiece): Block {
  return piece.kind === 'text' ? textBlock(piece.text) : pictureBlock(piece.url);
}

function textBlock(text: string): Block {
  return { type: 'text', text };
}

function pictureBlock(url: string): Block {
  const data = /^data:([^;,]{1,100});base64,/i.exec(url);
  return {
    type: 'image',
    source:
      data === null
        ? { type: 'url', url }
        : { type: 'base64', media_type: data[1], data: url.slice(data[0].length) },
  };
}

/** The ids of tool calls as the endpoint accepts them: of letters, digits, hyphens and underscores. Different ids stay different. */
class CallIds {
  private readonly ids = new Map<string, string>();
  private readonly taken = new Set<string>();

  of(id: string): string {
    const known = this.ids.get(id);
    if (known !== undefined) return known;
    const plain = id.replaceAll(/[^\w-]/g, '_') || 'call';
    let unique = plain;
    for (let next = 2; this.taken.has(unique); next += 1) unique = `${plain}_${String(next)}`;
    this.taken.add(unique);
    this.ids.set(id, unique);
    return unique;
  }
}
