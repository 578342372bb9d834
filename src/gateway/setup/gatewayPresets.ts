import type { Gateway, GatewayAuth, ModelDescription } from '../../core/models/gateway';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import type { Failure } from '../../shared/failure/failure';
import type { Translate } from '../../shared/kit/translate';
import type { PresetId } from './presetIds';

/** A gateway that the user can set up with only a key, or a local server that needs nothing. */
export interface GatewayPreset {
  readonly id: PresetId;
  /** The product's name, the same in every language. */
  readonly name: string;
  /** Null if each user has their own address. */
  readonly baseUrl: string | null;
  readonly auth: GatewayAuth;
  /** True for a server on this computer. */
  readonly local: boolean;
  /** Other servers that use the same address by default. */
  readonly alike?: readonly string[];
  /** The models that the gateway's documentation names. Shown until the gateway has sent its own list. */
  readonly models: readonly ModelDescription[];
  /** The model that is selected first; null if only the server's own list can tell. */
  readonly defaultModel: string | null;
  /** The web page where the user creates and copies API keys. Undefined: the page is unknown, or the gateway needs no key. */
  readonly keyPage?: string;
}

const media = (id: string): ModelDescription => ({ id, media: true });
const text = (id: string): ModelDescription => ({ id });

/**
 * All presets: the hosted gateways first, then the local servers. Sources: the gateways' own documentation, and the default
 * ports of the local servers.
 */
export const gatewayPresets: readonly GatewayPreset[] = [
  hosted(
    'apimart',
    'APIMart',
    'https://api.apimart.ai/v1',
    'gpt-4o',
    ['gpt-4o', 'claude-3-5-sonnet', 'gemini-2.0-flash'].map(text),
    'https://apimart.ai/keys',
  ),
  hosted(
    'apipod',
    'APIPod',
    'https://api.apipod.ai/v1',
    'gpt-5',
    [
      'gpt-5',
      'gpt-5.1',
      'gpt-5.1-codex',
      'gpt-4o',
      'claude-4-5-sonnet',
      'claude-4-5-opus',
      'claude-4-5-haiku',
      'gemini-2.5-pro',
      'gemini-3-pro-preview',
      'deepseek-v3.2',
      'doubao-pro',
    ].map(text),
    'https://www.apipod.ai/console/api-keys',
  ),
  hosted('aitre', 'AITRE', null, 'gpt-4o-mini', [text('gpt-4o-mini'), media('gpt-4o-image')]),
  hosted(
    'applerouter',
    'AppleRouter',
    'https://api.applerouter.ai/v1',
    'gpt-4o',
    [
      ...['gpt-4o', 'claude-3-5-sonnet', 'gemini-2.0-flash'].map(text),
      ...[
        'veo-3.1',
        'veo-3.1-fl',
        'veo-3.1-fast',
        'veo-3.1-fast-fl',
        'veo-3.1-landscape',
        'veo-3.1-landscape-fl',
        'veo-3.1-landscape-fast',
        'veo-3.1-landscape-fast-fl',
      ].map(media),
    ],
    'https://applerouter.ai',
  ),
  hosted(
    'apiyi',
    'APIYI',
    'https://api.apiyi.com/v1',
    'gpt-4o',
    [
      'gpt-4o',
      'gpt-4o-mini',
      'gpt-5-chat-latest',
      'claude-sonnet-4-20250514',
      'claude-opus-4-1-20250805',
      'claude-3-5-haiku-20241022',
      'gemini-2.5-pro',
      'gemini-2.5-flash',
      'gemini-2.0-flash',
      'deepseek-r1',
      'deepseek-v3-0324',
      'grok-4-0709',
      'grok-3',
      'o4-mini',
      'o3',
      'qwen-max',
      'glm-4-plus',
    ].map(text),
    'https://api.apiyi.com/token',
  ),
  hosted(
    'openai',
    'OpenAI',
    'https://api.openai.com/v1',
    null,
    ['gpt-5', 'gpt-5-mini', 'gpt-4.1', 'gpt-4o'].map(text),
    'https://platform.openai.com/api-keys',
  ),
  hosted(
    'deepseek',
    'DeepSeek',
    'https://api.deepseek.com/v1',
    'deepseek-chat',
    ['deepseek-chat', 'deepseek-reasoner'].map(text),
    'https://platform.deepseek.com/api_keys',
  ),
  hosted(
    'openrouter',
    'OpenRouter',
    'https://openrouter.ai/api/v1',
    null,
    ['openai/gpt-5', 'anthropic/claude-sonnet-4.5', 'google/gemini-2.5-flash', 'deepseek/deepseek-chat'].map(
      text,
    ),
    'https://openrouter.ai/settings/keys',
  ),
  hosted(
    'gemini',
    'Google Gemini',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    null,
    ['gemini-2.5-flash', 'gemini-2.5-pro'].map(text),
    'https://aistudio.google.com/apikey',
  ),
  local('ollama', 'Ollama', 'http://127.0.0.1:11434/v1'),
  local('lmstudio', 'LM Studio', 'http://127.0.0.1:1234/v1'),
  local('llamacpp', 'llama.cpp', 'http://127.0.0.1:8080/v1', ['LocalAI', 'llamafile', 'MLX LM']),
  local('vllm', 'vLLM', 'http://127.0.0.1:8000/v1'),
  local('sglang', 'SGLang', 'http://127.0.0.1:30000/v1'),
  local('koboldcpp', 'KoboldCpp', 'http://127.0.0.1:5001/v1'),
  local('jan', 'Jan', 'http://127.0.0.1:1337/v1'),
];

/** A translated line that describes a preset, for lists and cards. */
export function presetDescription(id: PresetId, t: Translate): string {
  switch (id) {
    case 'apimart':
      return t('One key for GPT, Claude and Gemini');
    case 'apipod':
      return t('One key for GPT, Claude, Gemini and DeepSeek');
    case 'aitre':
      return t('GPT models at your own base URL');
    case 'applerouter':
      return t('One key for GPT, Claude, Gemini and Veo');
    case 'apiyi':
      return t('One key for more than 200 models');
    case 'openai':
      return t('GPT models, directly from OpenAI');
    case 'deepseek':
      return t('DeepSeek models, directly from DeepSeek');
    case 'openrouter':
      return t('One key for the models of many providers');
    case 'gemini':
      return t('Gemini models, directly from Google');
    default:
      return t('Models on this computer. No key needed.');
  }
}

/** The gateway for a preset; undefined if neither the preset nor the caller gives a base URL. */
export function gatewayFromPreset(preset: GatewayPreset, baseUrl = preset.baseUrl): Gateway | undefined {
  if (baseUrl === null) return undefined;
  const { id, name, auth, models } = preset;
  return { id, name, baseUrl, auth, headers: {}, models, extraBody: {} };
}

/** The state of a local server: it serves, it loads its model, or it needs a key. */
export type LocalServerState = 'running' | 'loading' | 'locked';

/** A local server that answered. */
interface LocalServer {
  readonly id: PresetId;
  readonly state: LocalServerState;
  /** The models that it serves; may be empty. */
  readonly models: readonly ModelDescription[];
}

/** Short limits, because a server on this computer answers at once or does not run; in seconds. */
const localTimeouts: Timeouts = { connect: 0.5, firstToken: 1.5, idle: 1.5 };

/**
 * Requests the models of all local presets at the same time. The result has only the servers that answered, in the order of
 * the presets.
 */
export async function findLocalServers(
  client: Pick<ChatClient, 'listModels'>,
  timeouts: Timeouts = localTimeouts,
  presets: readonly GatewayPreset[] = gatewayPresets,
): Promise<readonly LocalServer[]> {
  const shortened: Timeouts = {
    connect: Math.min(timeouts.connect, localTimeouts.connect),
    firstToken: Math.min(timeouts.firstToken, localTimeouts.firstToken),
    idle: Math.min(timeouts.idle, localTimeouts.idle),
  };
  const answers = presets.map(async (preset): Promise<LocalServer[]> => {
    const gateway = preset.local ? gatewayFromPreset(preset) : undefined;
    if (gateway === undefined) return [];
    const { models, failure } = await client.listModels(gateway, shortened);
    const state = failure === undefined ? 'running' : stateOf(failure);
    return state === undefined ? [] : [{ id: preset.id, state, models }];
  });
  return (await Promise.all(answers)).flat();
}

/** The state of a local server that a failure shows; undefined if no server answered. */
function stateOf({ kind, status, detail = '' }: Failure): LocalServerState | undefined {
  if (kind === 'model-loading' || (status === 503 && /load|start|warm/i.test(detail))) return 'loading';
  return kind === 'unauthorized' || kind === 'forbidden' ? 'locked' : undefined;
}

function hosted(
  id: PresetId,
  name: string,
  baseUrl: string | null,
  defaultModel: string | null,
  models: readonly ModelDescription[],
  keyPage?: string,
): GatewayPreset {
  const preset = { id, name, baseUrl, auth: 'bearer', local: false, models, defaultModel } as const;
  return keyPage === undefined ? preset : { ...preset, keyPage };
}

function local(id: PresetId, name: string, baseUrl: string, alike: readonly string[] = []): GatewayPreset {
  return { id, name, baseUrl, auth: 'none', local: true, alike, models: [], defaultModel: null };
}
