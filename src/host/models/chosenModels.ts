import { parseModelReference, type ModelReference } from '../../shared/conversation/modelReference';

/** The key of the chosen model in both memories. */
export const chosenModelKey = 'model';

/** What this file reads of VS Code's `Memento`. */
interface ReadableMemory {
  get(key: string): unknown;
}

/** Where the user's choices of a model are kept. */
export interface ModelMemories {
  /** Of this workspace. */
  readonly workspaceState: ReadableMemory;
  /** Of all workspaces. */
  readonly globalState: ReadableMemory;
}

/**
 * The models that the next prompt may go to, the first one first: this workspace's choice, the setting, the last choice in any
 * workspace. Their gateways may be gone.
 *
 * @param defaultModel The value of `parley.defaultModel`, unchecked.
 */
export function chosenModels(
  { workspaceState, globalState }: ModelMemories,
  defaultModel: unknown,
): readonly ModelReference[] {
  const candidates = [
    readModelReference(workspaceState.get(chosenModelKey)),
    typeof defaultModel === 'string' ? parseModelReference(defaultModel) : undefined,
    readModelReference(globalState.get(chosenModelKey)),
  ];
  return candidates.filter((candidate) => candidate !== undefined);
}

/** Checks a stored reference. The entry runs this at the start of the window, so that it does without valibot. */
export function readModelReference(stored: unknown): ModelReference | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  if (!('gatewayId' in stored && 'modelId' in stored)) return undefined;
  const { gatewayId, modelId } = stored;
  return typeof gatewayId === 'string' && typeof modelId === 'string' ? { gatewayId, modelId } : undefined;
}
