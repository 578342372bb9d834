import type { Ending } from '../../../../shared/answer/ending';
import type { Failure } from '../../../../shared/failure/failure';
import { delayBeforeRetry } from '../../../failures/retryPolicy';
import { readErrorBody } from '../../../failures/findReplyError';
import type { Call } from '../../../failures/failureOf';
import { readRetryAfter } from '../../../failures/waitIn';
import type { ReplyHead } from '../../../network/exchange';
import { findUnsupportedParameter } from '../../../unsupportedParameters/findUnsupportedParameter';
import { prepareRequest } from '../../prepareChatRequest';
import { exchangeOnce, type ExchangeEnd } from './exchangeOnce';
import { failureOfBilled } from './failureOfBilled';
import { failed, type GenerationRun } from './generationRun';
import { encodeForm, type FormFile } from './encodeForm';
import type { ReplyContent } from './replyContent';

/** How many fields of one request may be left out after refusals. */
const mostFields = 3;

/** Fields without which a request makes no sense, or makes something else than the user asked for. */
const essential: ReadonlySet<string> = new Set([
  'model',
  'prompt',
  'image',
  'images',
  'image_urls',
  'input_reference',
  'mask',
  'taskId',
  'task_id',
  'customId',
  'base64',
  'base64Array',
  'gpt_description_prompt',
]);

/** A request that is billed. */
export interface BilledRequest {
  readonly address: URL | undefined;
  /** The fields of the body: JSON, or a form if there are files. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files?: readonly (readonly [name: string, file: FormFile])[];
  /** The longest time without a byte of the reply, in seconds. */
  readonly silence: number;
  /** Sends the key in this header instead of the gateway's usual one. */
  readonly keyHeader?: string;
  /** Receives the events of a streamed reply. Returns true if nothing more must come. */
  readonly onEvent?: (data: string, type: string | undefined) => boolean;
}

/** The whole reply to a billed request, or how the answer ends without one. */
export type BilledReply =
  | {
      readonly call: Call;
      readonly head: ReplyHead;
      readonly content: ReplyContent;
      readonly ending?: undefined;
    }
  | {
      readonly call: Call;
      readonly ending: Ending;
      /** The head of a stream that was cut: its events have been read. */
      readonly cutHead?: ReplyHead;
      /** The body of an error status; '' otherwise. */
      readonly errorText: string;
    };

/**
 * Sends a billed request. Once its first byte was sent, it is sent again only if the gateway has refused it before any work: with 429,
 * with 503 that names a limit, or with 400 or 422 that names a field it does not know, which is then left out and remembered.
 * Everything else ends the answer.
 */
export async function sendBilled(run: GenerationRun, request: BilledRequest): Promise<BilledReply> {
  const { tools, target } = run;
  const { id } = target.gateway;
  const known = tools.unsupportedParameters.unsupported(id, target.modelId);
  const left = new Set([...known].filter((field) => !essential.has(field)));
  let unconfirmed: string | undefined;
  let removed = 0;
  let retries = 0;
  for (;;) {
    const fields = Object.fromEntries(Object.entries(request.fields).filter(([name]) => !left.has(name)));
    const { call, end } = await sendOnce(run, request, fields);
    if (end.kind === 'cancelled') return { call, ending: { outcome: 'cancelled' }, errorText: '' };
    if (end.kind === 'lost') return lost(call, end);
    const refusal = end.kind === 'replied' ? readRefusal(run, call, end) : undefined;
    const field = refusal !== undefined && removed < mostFields ? refusedField(refusal, fields) : undefined;
    if (unconfirmed !== undefined && (field !== undefined || refusal === undefined) && end.kind === 'replied')
      tools.unsupportedParameters.remember(id, target.modelId, unconfirmed);
    unconfirmed = field;
    if (field !== undefined) {
      left.add(field);
      removed += 1;
      tools.log.info(`${call.url}: does not support ${field}, sending again without it`);
      run.parts.add({ kind: 'adapted', part: field });
      continue;
    }
    if (end.kind === 'replied' && refusal === undefined)
      return { call, head: end.head, content: end.content };
    const failure = refusal?.failure ?? (end as Extract<ExchangeEnd, { kind: 'unsent' }>).failure;
    const delay = delayOf(run, failure, refusal, retries);
    if (delay === undefined) return { call, ending: failed(failure), errorText: refusal?.text ?? '' };
    retries += 1;
    run.parts.add({
      kind: 'retrying',
      retry: { attempt: retries + 1, until: tools.now() + delay * 1_000, failure },
    });
    await run.wait(delay * 1_000);
  }
}

/** An error status. */
interface Refusal {
  readonly head: ReplyHead;
  readonly text: string;
  readonly failure: Failure;
}

async function sendOnce(
  run: GenerationRun,
  request: BilledRequest,
  fields: Readonly<Record<string, unknown>>,
): Promise<{ readonly call: Call; readonly end: ExchangeEnd }> {
  const { tools, target } = run;
  const { keyHeader } = request;
  const gateway =
    keyHeader === undefined ? target.gateway : { ...target.gateway, auth: { header: keyHeader } };
  const body = bodyOf(fields, request.files ?? []);
  const prepared = await prepareRequest(
    gateway,
    target.modelId,
    request.address,
    { keys: tools.keys, network: tools.network() },
    (url, headers) => ({
      method: 'POST',
      url,
      headers: {
        ...headers,
        'content-type': body.contentType,
        accept: 'application/json, text/event-stream, image/*',
      },
      ...(body.bytes === undefined ? { body: body.text } : { bytes: body.bytes }),
    }),
  );
  if (prepared.failure !== undefined) {
    const call = { gateway, modelId: target.modelId, url: prepared.failure.url ?? '', secrets: [] };
    return { call, end: { kind: 'unsent', failure: prepared.failure } };
  }
  run.parts.hide(prepared.call.secrets);
  const transport = await tools.openFreshTransport();
  try {
    const end = await exchangeOnce(transport, prepared.request, {
      call: prepared.call,
      signal: run.signal,
      timeouts: { connect: target.timeouts.connect, silence: request.silence },
      onEvent: request.onEvent,
    });
    return { call: prepared.call, end };
  } finally {
    await transport.dispose();
  }
}

function bodyOf(
  fields: Readonly<Record<string, unknown>>,
  files: readonly (readonly [string, FormFile])[],
): { readonly contentType: string; readonly text: string; readonly bytes?: Uint8Array } {
  if (files.length === 0) return { contentType: 'application/json', text: JSON.stringify(fields) };
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  return { ...encodeForm([...texts, ...files]), text: '' };
}

/** The answer to a request whose reply is missing or cut. Nobody can tell whether it was billed, so it is not sent again. */
function lost(call: Call, { failure, head, content }: Extract<ExchangeEnd, { kind: 'lost' }>): BilledReply {
  const kind = failure.kind === 'reply-too-large' ? failure.kind : 'maybe-billed';
  const ending = failed({ ...failure, kind, retryable: false });
  const isStream = head !== undefined && head.status < 300 && content.form === 'events';
  return { call, ending, errorText: '', ...(isStream && { cutHead: head }) };
}

/** The refusal in a reply; undefined for the status of a success. */
function readRefusal(
  run: GenerationRun,
  call: Call,
  { head, content }: Extract<ExchangeEnd, { kind: 'replied' }>,
): Refusal | undefined {
  if (head.status >= 200 && head.status < 300) return undefined;
  const { text } = content;
  return { head, text, failure: failureOfBilled(call, head, text, run.tools.now()) };
}

/** The field that a refusal names as unknown; undefined if it names none that may be left out. */
function refusedField(
  { head, text, failure }: Refusal,
  sent: Readonly<Record<string, unknown>>,
): string | undefined {
  const mayName = head.status === 400 || head.status === 422;
  if (!mayName || failure.kind === 'prompt-refused' || failure.kind === 'payment-required') return undefined;
  const optional = new Set(Object.keys(sent).filter((name) => !essential.has(name)));
  const named = findUnsupportedParameter(text, optional);
  // Of two fields that do not go together, one is left out.
  return named?.split(' with ', 1)[0];
}

/** The wait in seconds before a request is sent again that the gateway has not begun to work on; undefined to give up. */
function delayOf(
  { tools }: GenerationRun,
  failure: Failure,
  refusal: Refusal | undefined,
  made: number,
): number | undefined {
  if (refusal === undefined) {
    // The connection failed before anything was sent.
    const isBroken = failure.kind === 'connection-reset' || failure.kind === 'connection-failed';
    return isBroken && made === 0 && tools.retry.retries > 0 ? 0 : undefined;
  }
  const { status, headers } = refusal.head;
  const isTurnedAway = status === 429 || status === 503;
  if (!isTurnedAway || failure.kind !== 'rate-limited' || readErrorBody(refusal.text) === undefined)
    return undefined;
  const retryAfter = readRetryAfter(headers, tools.now()) ?? failure.seconds;
  return delayBeforeRetry(failure, { made, retryAfter }, tools.retry, tools.random);
}
