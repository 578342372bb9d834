import type { Gateway } from '../../../core/models/gateway';
import type { Timeouts } from '../../../core/models/route';
import type { ProbedEndpoint, ProbeReply } from '../../../core/ports/endpointProber';
import { failureOfStatus } from '../../failures/failureOf';
import { redact } from '../../secrets/redact';
import { endpointUrl } from '../../setup/normaliseBaseUrl';
import { fetchText, isSuccess } from '../fetchText';
import { besideBase } from '../generation/wire/belowBase';
import { prepareRequest } from '../prepareChatRequest';
import { failedUnexpectedly, type SendingParts } from '../sendWholeOnce';

/** Not JSON and not a form, so that no server can find a model or a prompt in it. */
const unreadableBody = '{';

/** How much of a reply is read, in bytes, and given back, in characters. */
const largest = 64_000;
const longest = 2_000;

/**
 * Asks whether a gateway has an endpoint. A `POST` request has a body that nothing can be read from: a server that has the endpoint
 * refuses the body, one that does not have it refuses the path, and neither can bill anything. Never rejects.
 */
export async function probeEndpoint(
  question: { readonly gateway: Gateway; readonly endpoint: ProbedEndpoint; readonly timeouts: Timeouts },
  parts: SendingParts,
): Promise<ProbeReply> {
  try {
    return await send(question, parts);
  } catch (error) {
    const { failure } = failedUnexpectedly({ gateway: question.gateway, modelId: '' }, error);
    return { kind: 'failed', failure };
  }
}

async function send(
  {
    gateway,
    endpoint: { method, at, path },
    timeouts,
  }: { readonly gateway: Gateway; readonly endpoint: ProbedEndpoint; readonly timeouts: Timeouts },
  { keys, network, openTransport, now }: SendingParts,
): Promise<ProbeReply> {
  const address = at === 'base' ? endpointUrl(gateway.baseUrl, path) : besideBase(gateway, path);
  const prepared = await prepareRequest(
    gateway,
    undefined,
    address,
    { keys, network: network() },
    (url, headers) => ({
      method,
      url,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(method === 'POST' && { 'content-type': 'application/json' }),
      },
      ...(method === 'POST' && { body: unreadableBody }),
    }),
  );
  if (prepared.failure !== undefined) return { kind: 'failed', failure: prepared.failure };
  const { call } = prepared;
  const reply = await fetchText(await openTransport(), prepared, timeouts, largest);
  if (!('head' in reply)) return { kind: 'failed', failure: reply };
  const { head, text } = reply;
  return {
    kind: 'reply',
    status: head.status,
    text: redact(text, call.secrets).slice(0, longest),
    failure: isSuccess(head) ? undefined : failureOfStatus(call, head, text, now()),
  };
}
