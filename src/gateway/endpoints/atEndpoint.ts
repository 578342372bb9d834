import type { ChatEndpoint } from '../../core/models/chatEndpoint';
import type { WireRequest } from '../network/exchange';

/** The paths of the endpoints below the base URL. */
const paths: Readonly<Record<ChatEndpoint, string>> = {
  chat: '/chat/completions',
  responses: '/responses',
  messages: '/messages',
  completions: '/completions',
};

/** Anthropic demands a version with each request, and has only this one. */
const anthropicVersion = '2023-06-01';

/**
 * Directs a request for Chat Completions to another endpoint. A request whose key is in Anthropic's header also gets Anthropic's
 * version; gateways with a bearer token need none.
 */
export function atEndpoint(request: WireRequest, endpoint: ChatEndpoint): WireRequest {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\/chat\/completions$/, paths[endpoint]);
  const { headers } = request;
  const isAnthropic = endpoint === 'messages' && 'x-api-key' in headers;
  return {
    ...request,
    url,
    headers: isAnthropic ? { 'anthropic-version': anthropicVersion, ...headers } : headers,
  };
}
