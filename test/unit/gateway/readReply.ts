import type { Gateway } from '../../../src/core/models/gateway';
import type { ChatEndpoint } from '../../../src/core/models/chatEndpoint';
import type { StreamPart } from '../../../src/core/ports/answerStream';
import { AnswerCall } from '../../../src/gateway/call/answerCall';
import { loadEndpointFormat } from '../../../src/gateway/loadEndpointFormat';
import type { ExchangeHandler } from '../../../src/gateway/network/exchange';
import type { Ending } from '../../../src/shared/answer/ending';
import type { Media } from '../../../src/shared/answer/media';
import type { Source } from '../../../src/shared/answer/source';
import type { Token } from '../../../src/shared/answer/token';
import type { ToolCall } from '../../../src/shared/answer/toolCall';
import { collect, gatewayWith, patient, textsOf } from './asking';

/** Options of `readReply`. */
export interface Reading {
  /** The places where the bytes are split; no splits if absent. */
  readonly cuts?: readonly number[];
  readonly gateway?: Partial<Gateway>;
  /** The requested number of answers (`n`). */
  readonly choices?: number;
  /** The endpoint that sends the reply; `chat` if absent. */
  readonly endpoint?: ChatEndpoint;
}

/** The content of one of `n` answers. */
export interface ReadChoice {
  readonly text: string;
  readonly reasoning: string;
  readonly media: readonly Media[];
  readonly tokens: readonly Token[];
  readonly sources: readonly Source[];
  readonly calls: readonly ToolCall[];
  readonly finishReason: string | undefined;
}

/** The content of a reply, independent of its splits. */
export interface ReadReply {
  /** By the index of the choice. The first one always exists. */
  readonly choices: Readonly<Record<number, ReadChoice>>;
  readonly ending: Ending;
  readonly parts: readonly StreamPart[];
}

/** Reads a reply like a call does, but without a socket. */
export async function readReply(body: string | Uint8Array, reading: Reading = {}): Promise<ReadReply> {
  const { cuts = [], gateway = {}, choices, endpoint = 'chat' } = reading;
  const format = await loadEndpointFormat(endpoint);
  const bytes = Buffer.from(body);
  const call = new AnswerCall({
    timeouts: patient,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    now: () => 0,
    onEnded: () => undefined,
  });
  let handler: ExchangeHandler | undefined;
  const url = new URL('http://127.0.0.1:9/v1/chat/completions');
  call.send(
    {
      exchange(_request, given) {
        handler = given;
        return { pause: () => undefined, resume: () => undefined, close: () => undefined };
      },
      dispose: () => Promise.resolve(),
    },
    { gateway: gatewayWith(gateway), url: url.href, secrets: [], ...(choices !== undefined && { choices }) },
    { method: 'POST', url, headers: {}, body: '{"messages":[]}' },
    format === undefined ? {} : { format },
  );
  handler?.onConnected();
  handler?.onHead({ status: 200, headers: {} });
  const places = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  let start = 0;
  for (const end of places.sort((a, b) => a - b)) {
    handler?.onBytes(bytes.subarray(start, end));
    start = end;
  }
  handler?.onEnd();
  const { parts, ending } = await collect(call.parts);
  return { choices: mergeParts(parts), ending, parts };
}

/** Collects the content of each choice. Replaces ids that Parley made by `own`. */
export function mergeParts(parts: readonly StreamPart[]): Readonly<Record<number, ReadChoice>> {
  const numbers = new Set([0, ...parts.flatMap((part) => ('choice' in part ? [part.choice ?? 0] : []))]);
  return Object.fromEntries([...numbers].map((number) => [number, mergeChoice(parts, number)]));
}

function mergeChoice(parts: readonly StreamPart[], number: number): ReadChoice {
  const own = parts.filter((part) => ('choice' in part ? part.choice : 0) === number);
  return {
    ...textsOf(parts, number),
    media: own.flatMap((part) => (part.kind === 'media' ? [part.media] : [])),
    tokens: own.flatMap((part) => (part.kind === 'tokens' ? part.tokens : [])),
    sources: own.flatMap((part) => (part.kind === 'sources' ? part.sources : [])),
    calls: own.flatMap((part) => (part.kind === 'tool-call' ? [withoutOwnId(part.call)] : [])),
    finishReason: own.find((part) => part.kind === 'choice-finished')?.finishReason,
  };
}

function withoutOwnId(call: ToolCall): ToolCall {
  return /^call_[0-9a-f-]{36}$/.test(call.id) ? { ...call, id: 'own' } : call;
}
