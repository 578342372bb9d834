import type { Gateway } from '../../../core/models/gateway';
import type { CompletionRequest } from '../../../core/ports/completionClient';
import { fillInTokens } from '../../../core/models/fillInTokens';
import { endpointUrl } from '../../setup/normaliseBaseUrl';
import { besideBase } from '../generation/wire/belowBase';

/** A completion as a request of HTTP. */
interface WrittenCompletion {
  /** Undefined if the base URL is invalid. */
  readonly url: URL | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** Fields without which the request would ask for something else. They are not left out, whatever an error says. */
  readonly essential: readonly string[];
}

/** What a chat model is told, so that it answers with the missing text alone. */
const chatInstructions =
  'You complete text. You get the text before and after a gap. Answer with exactly the text that belongs into the gap: no explanation, no code fence, and nothing of the text around it.';

/** Writes a completion in its form. */
export function writeCompletion(request: CompletionRequest): WrittenCompletion {
  const { gateway, modelId, form, prefix, suffix, maxTokens, stop } = request;
  const limits = {
    max_tokens: maxTokens,
    temperature: 0,
    ...(stop.length > 0 && { stop: stop.slice(0, 4) }),
  };
  const asked = { model: modelId, prompt: prefix, suffix };
  const streamed = { stream: true, stream_options: { include_usage: true } };
  switch (form) {
    case 'suffix':
      return {
        url: endpointUrl(gateway.baseUrl, '/completions'),
        body: { ...asked, ...limits, ...streamed },
        essential: ['prompt', 'suffix'],
      };
    case 'deepseek':
      return {
        url: betaUrl(gateway),
        body: { ...asked, ...limits, ...streamed },
        essential: ['prompt', 'suffix'],
      };
    case 'mistral':
      return {
        url: endpointUrl(gateway.baseUrl, '/fim/completions'),
        body: { ...asked, ...limits, stream: true },
        essential: ['prompt', 'suffix'],
      };
    case 'tokens': {
      const tokens = fillInTokens(modelId);
      return {
        url: endpointUrl(gateway.baseUrl, '/completions'),
        body: {
          model: modelId,
          prompt: tokens?.prompt(prefix, suffix) ?? prefix,
          ...limits,
          // Gateways take four of them. Those of the caller end the text sooner.
          stop: [...stop, ...(tokens?.stop ?? [])].slice(0, 4),
          ...streamed,
        },
        essential: ['prompt'],
      };
    }
    case 'infill':
      return {
        url: besideBase(gateway, '/infill'),
        body: {
          model: modelId,
          input_prefix: prefix,
          input_suffix: suffix,
          n_predict: maxTokens,
          temperature: 0,
          ...(stop.length > 0 && { stop: stop.slice(0, 4) }),
          stream: true,
        },
        essential: ['input_prefix', 'input_suffix', 'n_predict'],
      };
    case 'ollama':
      return {
        url: besideBase(gateway, '/api/generate'),
        body: {
          ...asked,
          options: { num_predict: maxTokens, temperature: 0, ...(stop.length > 0 && { stop }) },
          stream: true,
        },
        essential: ['prompt', 'suffix', 'options'],
      };
    case 'chat':
      return {
        url: endpointUrl(gateway.baseUrl, '/chat/completions'),
        body: {
          model: modelId,
          messages: [
            { role: 'system', content: chatInstructions },
            { role: 'user', content: `<before>${prefix}</before><after>${suffix}</after>` },
          ],
          max_tokens: maxTokens,
          temperature: 0,
          ...streamed,
        },
        essential: [],
      };
  }
}

/** DeepSeek's `/beta/completions`, also for a base URL that ends in `/beta`. */
function betaUrl(gateway: Gateway): URL | undefined {
  const url = besideBase(gateway, '/beta/completions');
  if (url !== undefined) url.pathname = url.pathname.replace('/beta/beta/', '/beta/');
  return url;
}
