import { modelName } from '../../core/models/modelName';
import { hasOwnAddress } from '../../gateway/setup/presetIds';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import { chosenModels, readModelReference, type ModelMemories } from './chosenModels';

/** The key of the model that was shown last, in both memories. */
export const shownModelKey = 'shownModel';

/** What the status bar shows. */
export interface ShownModel {
  readonly name: string;
  /** The name of its gateway; undefined if only one gateway is ready. */
  readonly gatewayName?: string | undefined;
}

/** The settings that matter at the start of a window, unchecked. */
interface StartSettings {
  /** The value of `parley.defaultModel`. */
  readonly defaultModel: unknown;
  /** The value of `parley.gateways`. */
  readonly gateways: unknown;
}

/** What this file needs of VS Code's `Memento`. */
interface WritableMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Memories that the shown model is written to. */
export interface WritableMemories extends ModelMemories {
  readonly workspaceState: WritableMemory;
  readonly globalState: WritableMemory;
}

/**
 * The model that the status bar shows at the start of a window, before gateways and their lists of models are loaded. A model
 * whose gateway was removed from the settings while VS Code was closed is not shown.
 *
 * @returns undefined if no model is chosen.
 */
export function shownModel(memories: ModelMemories, settings: StartSettings): ShownModel | undefined {
  const gateways = configuredGateways(settings.gateways);
  const chosen = chosenModels(memories, settings.defaultModel).find(
    ({ gatewayId }) => gateways.has(gatewayId) || hasOwnAddress(gatewayId),
  );
  if (chosen === undefined) return undefined;
  for (const memory of [memories.workspaceState, memories.globalState]) {
    const stored = memory.get(shownModelKey);
    if (!isSameModel(readModelReference(stored), chosen)) continue;
    if (typeof stored !== 'object' || stored === null || !('name' in stored)) continue;
    if (typeof stored.name !== 'string') continue;
    const gatewayName = 'gatewayName' in stored ? stored.gatewayName : undefined;
    if (typeof gatewayName !== 'string') return { name: stored.name };
    return { name: stored.name, gatewayName: gateways.get(chosen.gatewayId) ?? gatewayName };
  }
  return { name: modelName(chosen.modelId, undefined) };
}

/** Remembers the shown model for the next window. */
export async function rememberShownModel(
  { workspaceState, globalState }: WritableMemories,
  reference: ModelReference,
  shown: ShownModel,
): Promise<void> {
  const stored = { ...reference, name: shown.name, gatewayName: shown.gatewayName ?? null };
  const text = JSON.stringify(stored);
  await Promise.all(
    [workspaceState, globalState]
      .filter((memory) => JSON.stringify(memory.get(shownModelKey)) !== text)
      .map((memory) => memory.update(shownModelKey, stored)),
  );
}

/** The names of the gateways in the settings by their ids; undefined for a gateway without a name. */
function configuredGateways(setting: unknown): ReadonlyMap<string, string | undefined> {
  const gateways = new Map<string, string | undefined>();
  for (const entry of Array.isArray(setting) ? (setting as readonly unknown[]) : []) {
    if (typeof entry !== 'object' || entry === null || !('id' in entry)) continue;
    const name = 'name' in entry && typeof entry.name === 'string' ? entry.name : undefined;
    if (typeof entry.id === 'string') gateways.set(entry.id, name);
  }
  return gateways;
}
