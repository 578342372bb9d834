import { AnswerCall } from '../../../src/gateway/call/answerCall';
import type { ExchangeHandler, ReplyHead } from '../../../src/gateway/network/exchange';
import { collect, gatewayWith, patient, type Answer } from './asking';

const url = new URL('http://127.0.0.1:9/v1/chat/completions');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const idle = { pause: () => undefined, resume: () => undefined, close: () => undefined };

/** Reads the body of a reply, split at these places (modulo its length), without a socket. */
export async function readBody(
  bytes: Uint8Array,
  cuts: readonly number[],
  head: ReplyHead = { status: 200, headers: {} },
): Promise<Answer> {
  const call = new AnswerCall({ timeouts: patient, log: silent, now: () => 0, onEnded: () => undefined });
  let handler: ExchangeHandler | undefined;
  call.send(
    {
      exchange(_request, given) {
        handler = given;
        return idle;
      },
      dispose: () => Promise.resolve(),
    },
    { gateway: gatewayWith({}), modelId: 'some-model', url: url.href, secrets: [] },
    { method: 'POST', url, headers: {} },
  );
  handler?.onConnected();
  handler?.onHead(head);
  const places = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  let start = 0;
  for (const end of places) {
    handler?.onBytes(bytes.subarray(start, end));
    start = end;
  }
  handler?.onEnd();
  return await collect(call.parts);
}
