import type { CompletionRequest } from '../../../core/ports/completionClient';
import type { KeyStore } from '../../../core/ports/keyStore';
import type { NetworkSettings } from '../../network/networkSettings';
import type { ReplyFormat } from '../../reply/replyFormat';
import { prepareRequest, type PreparedRequest } from '../prepareChatRequest';
import { InfillReader } from './infillReader';
import { writeCompletion } from './writeCompletion';

/** A completion that can be sent, or the failure that prevents it. */
type PreparedCompletion = PreparedRequest & {
  /** How the request is sent and its reply is read. */
  readonly about: {
    readonly isEndpointFixed: true;
    readonly essential: ReadonlySet<string>;
    readonly newReader?: () => ReplyFormat;
  };
};

/** Prepares a completion in its form, with the key of its gateway. The gateway's `extraBody` overrides all fields. Never rejects. */
export async function prepareCompletion(
  request: CompletionRequest,
  keys: KeyStore,
  network: NetworkSettings,
): Promise<PreparedCompletion> {
  const { gateway, modelId, form } = request;
  const { url: address, body, essential } = writeCompletion(request);
  const prepared = await prepareRequest(gateway, modelId, address, { keys, network }, (url, headers) => ({
    method: 'POST',
    url,
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'text/event-stream, application/json',
      'accept-encoding': 'identity',
    },
    body: JSON.stringify({ ...body, ...gateway.extraBody }),
  }));
  return {
    ...prepared,
    about: {
      isEndpointFixed: true,
      essential: new Set(essential),
      ...(form === 'infill' && { newReader: () => new InfillReader() }),
    },
  };
}
