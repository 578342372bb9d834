import type { ModelDescription } from '../../core/models/gateway';
import { readModelList } from './readModelList';
import { asArray, asCount, asObject } from '../json/replyObject';

/**
 * Returns true if every model of a list belongs to a llama-server. A list that also has other models comes from a gateway in front
 * of several servers.
 */
export function isListOfLlamaServer(list: unknown): boolean {
  const models = asArray(asObject(list)?.data);
  return models.length > 0 && models.every((model) => asObject(model)?.owned_by === 'llamacpp');
}

/** Requests another path of the server instead of `/v1/models`. Resolves with the parsed JSON, or undefined on any failure. */
export type FetchPage = (path: string) => Promise<unknown>;

/**
 * Adds facts that a local server does not put into its list of models: the size of its context window, and whether it
 * accepts pictures and tools. Sends one small request: `GET /props` to llama.cpp, `/api/v0/models` to LM Studio, `/api/ps`
 * to Ollama. The field `owned_by` of the list shows which server it is.
 *
 * @param list The text of the list.
 */
export async function withServedFacts(
  models: readonly ModelDescription[],
  list: string,
  fetchPage: FetchPage,
): Promise<readonly ModelDescription[]> {
  switch (/"owned_by"\s{0,4}:\s{0,4}"(llamacpp|organization_owner|library)"/.exec(list)?.[1]) {
    case 'llamacpp': {
      // A server with several models is a router, which puts these facts into its list.
      const [only, ...others] = models;
      if (only === undefined || others.length > 0) return models;
      return [{ ...only, ...readProps(await fetchPage('/props')) }];
    }
    case 'organization_owner':
      return merged(models, readLoaded(await fetchPage('/api/v0/models')));
    case 'library':
      return merged(models, readLoaded(await fetchPage('/api/ps')));
    default:
      return models;
  }
}

function readProps(value: unknown): Partial<ModelDescription> {
  const props = asObject(value);
  const contextWindow = asCount(asObject(props?.default_generation_settings)?.n_ctx);
  const vision = asObject(props?.modalities)?.vision;
  const tools = asObject(props?.chat_template_caps)?.supports_tools;
  return {
    ...(contextWindow !== undefined && contextWindow > 0 && { contextWindow }),
    ...(typeof vision === 'boolean' && { vision }),
    ...(typeof tools === 'boolean' && { tools }),
  };
}

/**
 * The facts by model id. LM Studio and Ollama send the context window of each loaded model; LM Studio also sends its type:
 * `vlm` accepts pictures.
 */
function readLoaded(value: unknown): ReadonlyMap<string, Partial<ModelDescription>> {
  const facts = new Map<string, Partial<ModelDescription>>();
  for (const { id, contextWindow, tools } of readModelList(value) ?? []) {
    facts.set(id, {
      ...(contextWindow !== undefined && { contextWindow }),
      ...(tools !== undefined && { tools }),
    });
  }
  for (const item of asArray(asObject(value)?.data)) {
    const { id, type } = asObject(item) ?? {};
    if (typeof id === 'string' && (type === 'vlm' || type === 'llm')) {
      facts.set(id, { ...facts.get(id), vision: type === 'vlm' });
    }
  }
  return facts;
}

function merged(
  models: readonly ModelDescription[],
  facts: ReadonlyMap<string, Partial<ModelDescription>>,
): readonly ModelDescription[] {
  return models.map((model) => ({ ...model, ...facts.get(model.id) }));
}
