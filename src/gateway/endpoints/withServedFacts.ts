import type { ModelDescription } from '../../core/models/gateway';
import { readModelList } from './readModelList';
import { asArray, asCount, asObject } from '../json/replyObject';

/** Asks a server for another of its pages: a path in place of `/v1/models`. Undefined when it has none. */
export type FetchPage = (path: string) => Promise<unknown>;

/**
 * What a server on one's own computer tells in a page of its own, and not in its list of models: the window that it runs
 * with, pictures, tools. One small request: `GET /props` of llama.cpp, `/api/v0/models` of LM Studio, `/api/ps` of Ollama.
 * The list tells which of them it is, by `owned_by`.
 *
 * @param list The list as it came.
 */
export async function withServedFacts(
  models: readonly ModelDescription[],
  list: string,
  fetchPage: FetchPage,
): Promise<readonly ModelDescription[]> {
  switch (/"owned_by"\s{0,4}:\s{0,4}"(llamacpp|organization_owner|library)"/.exec(list)?.[1]) {
    case 'llamacpp': {
      // With several models it is a router, which tells in its list.
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

/** By id. LM Studio tells of what a model is made (`vlm` sees), and both tell the window of those that are loaded. */
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
