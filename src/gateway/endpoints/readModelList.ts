import type { ModelDescription } from '../../core/models/gateway';
import { readEndpoint } from './readEndpoint';
import { readKind } from './readKind';
import { readPrices } from './readPrices';
import { asArray, asCount, asName, asObject, asText, type ReplyObject } from '../json/replyObject';

/** Names that gateways use for the abilities of a model. */
type Ability =
  | 'vision'
  | 'image_input'
  | 'tools'
  | 'function_calling'
  | 'tool_use'
  | 'tool_calls'
  | 'reasoning'
  | 'thinking';

/** How many models of a list are read. */
const mostModels = 10_000;

/** A model with a longer id is left out; in characters. */
const longestId = 500;

/**
 * Reads a list of models in any of its shapes: `{data: [{id}]}`, an array, `{models: [{name}]}`, one of these inside
 * `{code, data}`, or only ids. A repeated model appears once in the result. Undefined if the value is not a list.
 */
export function readModelList(value: unknown): readonly ModelDescription[] | undefined {
  const list = findList(value, 0);
  if (list === undefined) return undefined;
  const models = new Map<string, ModelDescription>();
  for (const item of list.slice(0, mostModels)) {
    const model = readModel(item);
    if (model !== undefined && !models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()];
}

function findList(value: unknown, depth: number): readonly unknown[] | undefined {
  if (Array.isArray(value)) return asArray(value);
  const reply = asObject(value);
  if (reply === undefined || depth > 2) return undefined;
  for (const inner of [reply.data, reply.models, reply.items, reply.list]) {
    const list = findList(inner, depth + 1);
    if (list !== undefined) return list;
  }
  // Some local servers without any model send null instead of an empty array.
  return reply.object === 'list' && (reply.data ?? null) === null ? [] : undefined;
}

function readModel(item: unknown): ModelDescription | undefined {
  if (typeof item === 'string') return readModel({ id: item.trim() });
  const model = asObject(item);
  const id = asText(model?.id) ?? asText(model?.model) ?? asText(model?.name) ?? asText(model?.slug);
  if (model === undefined || id === undefined || id.length > longestId) return undefined;
  const name = asName(model.display_name) ?? asName(model.name);
  return {
    id,
    ...(name !== undefined && name !== id && { name }),
    ...readKind(model),
    ...readEndpoint(model),
    ...limits(model),
    ...abilities(model),
    ...loadedOf(model),
    ...readPrices(model),
  };
}

/** llama-server with several models (router mode): `status: {value: "loaded"}`. */
function loadedOf(model: ReplyObject): Partial<ModelDescription> {
  const status = asObject(model.status)?.value;
  return status === 'loaded' || status === 'unloaded' ? { loaded: status === 'loaded' } : {};
}

function limits(model: ReplyObject): Partial<ModelDescription> {
  const provider = asObject(model.top_provider);
  const told = asObject(model.limits) ?? asObject(model.limit);
  const meta = asObject(model.meta);
  // The value that the server runs with counts before the maximum of the model. `n_ctx_train` says nothing about the server.
  const contextWindow = firstCount(
    model.loaded_context_length,
    meta?.n_ctx,
    model.n_ctx,
    model.num_ctx,
    model.max_model_len,
    model.context_length,
    model.context_window,
    model.contextWindow,
    model.max_context_length,
    model.max_context_tokens,
    provider?.context_length,
    told?.context,
    told?.max_context_window_tokens,
    model.max_input_tokens,
    model.inputTokenLimit,
    contextInArguments(model),
  );
  const maxOutput = firstCount(
    model.max_output_tokens,
    model.max_completion_tokens,
    provider?.max_completion_tokens,
    told?.output,
    told?.max_output_tokens,
  );
  return {
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutput !== undefined && { maxOutput }),
  };
}

/** The router of llama.cpp lists the arguments with which it starts a model. 0 means the maximum of the model. */
function contextInArguments(model: ReplyObject): number | undefined {
  const given = asArray(asObject(model.status)?.args);
  const at = given.findIndex((word) => word === '--ctx-size' || word === '-c');
  return at === -1 ? undefined : asCount(given[at + 1]);
}

/** The abilities that the gateway states. An ability that it does not mention stays undefined. */
function abilities(model: ReplyObject): Partial<ModelDescription> {
  const architecture = asObject(model.architecture);
  const inputs = asArray(architecture?.input_modalities ?? model.input_modalities);
  const outputs = asArray(architecture?.output_modalities ?? model.output_modalities);
  const parameters = asArray(model.supported_parameters);
  const said = capabilitiesOf(model);
  const vision =
    said('vision', 'image_input') ??
    asFlag(model.supports_vision) ??
    (inputs.length > 0 ? inputs.includes('image') : undefined);
  const tools =
    said('tools', 'function_calling', 'tool_use', 'tool_calls') ??
    asFlag(model.supports_function_calling) ??
    (parameters.length > 0 ? parameters.includes('tools') : undefined);
  const reasoning =
    said('reasoning', 'thinking') ??
    asFlag(model.supports_reasoning) ??
    (parameters.length > 0
      ? parameters.some((name) => name === 'reasoning' || name === 'reasoning_effort')
      : undefined);
  return {
    ...(vision !== undefined && { vision }),
    ...(tools !== undefined && { tools }),
    ...(reasoning !== undefined && { reasoning }),
    ...(outputs.length > 0 && !outputs.includes('text') && { media: true }),
  };
}

/**
 * Reads an ability from `capabilities`, which is an object `{vision: true}` or a list of words. A list never denies an
 * ability, because it may use another name for it.
 */
function capabilitiesOf(model: ReplyObject): (...names: readonly Ability[]) => boolean | undefined {
  const list = asArray(model.capabilities);
  if (list.length > 0) return (...names) => names.some((name) => list.includes(name)) || undefined;
  const flags = asObject(model.capabilities);
  return (...names) => names.map((name) => asFlag(flags?.[name])).find((flag) => flag !== undefined);
}

function asFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function firstCount(...values: unknown[]): number | undefined {
  return values.map(asCount).find((count) => count !== undefined && count >= 1);
}
