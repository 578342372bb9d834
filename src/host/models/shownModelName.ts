import { modelName } from '../../core/models/modelName';
import { isSameModel } from '../../shared/conversation/modelReference';
import { chosenModels, readModelReference, type ModelMemories } from './chosenModels';

const memoryKey = 'shownModel';

/** What this file needs of VS Code's `Memento`. */
interface WritableMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Memories that the name is written to. */
export interface NameMemories extends ModelMemories {
  readonly workspaceState: WritableMemory;
  readonly globalState: WritableMemory;
}

/**
 * The name that the status bar shows at the start of a window, before gateways and their lists of models are loaded.
 *
 * @param defaultModel The value of `parley.defaultModel`, unchecked.
 * @returns undefined if no model is chosen.
 */
export function shownModelName(memories: ModelMemories, defaultModel: unknown): string | undefined {
  const [chosen] = chosenModels(memories, defaultModel);
  if (chosen === undefined) return undefined;
  for (const memory of [memories.workspaceState, memories.globalState]) {
    const stored = memory.get(memoryKey);
    if (!isSameModel(readModelReference(stored), chosen)) continue;
    if (typeof stored !== 'object' || stored === null || !('name' in stored)) continue;
    if (typeof stored.name === 'string') return stored.name;
    if (stored.name === null) return undefined;
  }
  return modelName(chosen.modelId, undefined);
}

/**
 * Remembers the name for the next window.
 *
 * @param name undefined if no model can be used, for example because the gateway of the chosen one is gone.
 */
export async function rememberShownModelName(
  memories: NameMemories,
  defaultModel: unknown,
  name: string | undefined,
): Promise<void> {
  const [chosen] = chosenModels(memories, defaultModel);
  if (chosen === undefined || shownModelName(memories, defaultModel) === name) return;
  const stored = { ...chosen, name: name ?? null };
  await Promise.all([
    memories.workspaceState.update(memoryKey, stored),
    memories.globalState.update(memoryKey, stored),
  ]);
}
