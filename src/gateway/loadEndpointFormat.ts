import type { ChatEndpoint } from '../core/models/chatEndpoint';
import type { EndpointFormat } from './endpoints/endpointFormat';

/** Loads the format of an endpoint; undefined for Chat Completions, which needs no translation. */
export async function loadEndpointFormat(endpoint: ChatEndpoint): Promise<EndpointFormat | undefined> {
  switch (endpoint) {
    case 'chat':
      return undefined;
    case 'responses':
      return (await import('./endpoints/responses/responsesFormat')).responsesFormat;
    case 'messages':
      return (await import('./endpoints/messages/messagesFormat')).messagesFormat;
    case 'completions':
      return (await import('./endpoints/completions/completionsFormat')).completionsFormat;
  }
}
