import type { ModelDescription } from '../../core/models/gateway';
import { asArray, asObject, asText, type ReplyObject } from '../json/replyObject';

/**
 * Reads the endpoint of a chat model that `/chat/completions` does not serve. New API lists the formats of each model
 * (`supported_endpoint_types`), others list paths, and LiteLLM has the mode `responses`. Returns nothing for a model that Chat
 * Completions serve, or if the list does not say it.
 */
export function readEndpoint(model: ReplyObject): Pick<ModelDescription, 'endpoint'> {
  const mode = asText(model.mode) ?? asText(asObject(model.model_info)?.mode);
  if (mode === 'responses') return { endpoint: 'responses' };
  const formats = [...asArray(model.supported_endpoint_types), ...asArray(model.supported_endpoints)].map(
    (format) => asText(format) ?? '',
  );
  if (formats.some((format) => format === 'openai' || format.includes('chat/completions'))) return {};
  if (formats.some((format) => format === 'openai-response' || format.endsWith('/responses')))
    return { endpoint: 'responses' };
  if (formats.some((format) => format === 'anthropic' || format.endsWith('/messages')))
    return { endpoint: 'messages' };
  if (formats.some((format) => format.endsWith('/completions'))) return { endpoint: 'completions' };
  return {};
}
