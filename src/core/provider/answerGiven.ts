import type { Ending } from '../../shared/answer/ending';
import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { Media } from '../../shared/answer/media';
import { addSource, type Source } from '../../shared/answer/source';
import type { ToolCall } from '../../shared/answer/toolCall';
import type { Usage } from '../../shared/answer/usage';
import type { Failure } from '../../shared/failure/failure';
import type { ChatClient, ChatRequest } from '../ports/chatClient';
import type { PromptMessage } from '../ports/promptMessage';
import type { AnswerMemory } from './answerMemory';
import { checkCalls, type UnusableCall, type UsableCall } from './checkCalls';

/** How often a model may try again after an answer with nothing but calls that no tool can run. */
const mostCorrections = 2;

/** Takes an answer while it comes. */
export interface AnswerSink {
  text(text: string): void;
  reasoning(text: string): void;
  media(media: Media): void;
  /** All pages that the answer cites. Comes at its end. */
  sources(sources: readonly Source[]): void;
  /** Comes at the end of the answer. */
  call(call: UsableCall): void;
  /** The counts of one request. */
  usage(usage: Usage): void;
}

/** How the answer ended. */
export type GivenOutcome =
  | { readonly kind: 'answered' | 'cancelled' }
  /** The text came, but reached the output limit. */
  | { readonly kind: 'cut'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The model went on calling tools in a way that no tool can run. `problem`: the last thing that was wrong. */
  | { readonly kind: 'unusable-calls'; readonly problem: string };

/** What to ask, and who listens. */
interface GivenQuestion {
  readonly request: ChatRequest;
  /** `gatewayId/modelId`. */
  readonly model: string;
  /** True for a model that needs its own reasoning back, as `reasoning_content`. */
  readonly wantsReasoning: boolean;
  /** True if the model may be asked again after it called a tool in a wrong way. False if each request has a price. */
  readonly maySendAgain: boolean;
  readonly memory: AnswerMemory;
  readonly newId: () => string;
  readonly sink: AnswerSink;
  readonly signal: AbortSignal;
}

/** What one request brought. */
interface Reply {
  readonly ending: Ending;
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly ToolCall[];
  readonly keptReasoning: KeptReasoning | undefined;
}

/**
 * Asks a model for another program and passes the answer on while it comes. Calls that no tool can run are not passed on: the model
 * learns what was wrong, with the results of its other calls or at once if it made no other calls. Never rejects.
 */
export async function answerGiven(
  client: Pick<ChatClient, 'ask'>,
  question: GivenQuestion,
): Promise<GivenOutcome> {
  const { sink, memory, model } = question;
  const tools = new Set(question.request.tools?.map(({ name }) => name));
  let { messages } = question.request;
  for (let corrections = 0; ; corrections += 1) {
    const reply = await readReply(client, { ...question.request, messages }, question);
    const outcome = outcomeOf(reply);
    if (outcome.kind !== 'answered') return outcome;
    const known = new Set(messages.flatMap(idsOf));
    const isTaken = (id: string): boolean => known.has(id) || memory.has(id);
    const { usable, unusable } = checkCalls(reply.calls, tools, isTaken, question.newId);
    if (usable.length > 0) {
      const { reasoning, keptReasoning } = reply;
      const callIds = usable.map(({ id }) => id);
      memory.remember({
        model,
        callIds,
        reasoning,
        unusable,
        ...(keptReasoning !== undefined && { keptReasoning }),
      });
    }
    for (const call of usable) sink.call(call);
    const problem = unusable.at(-1)?.problem;
    if (usable.length > 0 || problem === undefined) return outcome;
    if (corrections >= mostCorrections || !question.maySendAgain) return { kind: 'unusable-calls', problem };
    messages = [...messages, ...correction(reply, unusable, question)];
  }
}

/** The answer with the calls that no tool can run, and a result for each that says why. */
function correction(
  { text, reasoning, keptReasoning }: Reply,
  unusable: readonly UnusableCall[],
  { newId, wantsReasoning }: GivenQuestion,
): readonly PromptMessage[] {
  const calls = unusable.map(({ name, problem }) => ({ id: `call_${newId()}`, name, problem }));
  return [
    {
      role: 'assistant',
      content: text,
      ...(reasoning !== '' && (wantsReasoning ? { reasoning } : { unsentReasoning: reasoning })),
      // Gateways refuse broken arguments. The result quotes them.
      toolCalls: calls.map(({ id, name }) => ({ id, name, arguments: '{}', complete: true })),
      ...(keptReasoning !== undefined && { keptReasoning }),
    },
    ...calls.map(({ id, problem }) => ({ role: 'tool', callId: id, content: problem }) as const),
  ];
}

async function readReply(
  client: Pick<ChatClient, 'ask'>,
  request: ChatRequest,
  { sink, signal }: GivenQuestion,
): Promise<Reply> {
  const stream = client.ask(request);
  const cancel = (): void => {
    stream.cancel();
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  let text = '';
  let reasoning = '';
  let keptReasoning: KeptReasoning | undefined;
  let ending: Ending = { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };
  const calls: ToolCall[] = [];
  const sources: Source[] = [];
  try {
    for await (const parts of stream) {
      for (const part of parts) {
        // Another program can show one answer only.
        if ('choice' in part && part.choice !== 0) continue;
        switch (part.kind) {
          case 'text':
            text += part.text;
            sink.text(part.text);
            break;
          case 'reasoning':
            reasoning += part.text;
            sink.reasoning(part.text);
            break;
          case 'text-was-reasoning': {
            // The text has been passed on. An empty line at least separates it from the answer.
            const start = Math.max(0, text.length - part.length);
            reasoning += text.slice(start);
            text = text.slice(0, start);
            sink.text('\n\n');
            break;
          }
          case 'media':
            sink.media(part.media);
            break;
          case 'sources':
            for (const source of part.sources) addSource(sources, source);
            break;
          case 'tool-call':
            calls.push(part.call);
            break;
          case 'kept-reasoning':
            keptReasoning = part.items;
            break;
          case 'usage':
            sink.usage(part.usage);
            break;
          case 'ended':
            ending = part.ending;
            break;
          default:
        }
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  if (sources.length > 0) sink.sources(sources);
  return { ending, text, reasoning, calls, keptReasoning };
}

function outcomeOf({ ending, calls }: Reply): GivenOutcome {
  if (ending.outcome === 'completed') return { kind: 'answered' };
  if (ending.outcome === 'cancelled') return { kind: 'cancelled' };
  const { failure } = ending;
  // A call that reached the limit lacks its end and must not run.
  const isCut = ending.outcome === 'truncated' && failure.kind === 'output-limit' && calls.length === 0;
  return { kind: isCut ? 'cut' : 'failed', failure };
}

function idsOf(message: PromptMessage): readonly string[] {
  return message.role === 'assistant' ? (message.toolCalls ?? []).map(({ id }) => id) : [];
}
