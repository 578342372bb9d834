import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import { StoredValue, type Memory } from '../memory/storedValue';

/** The most favorites, and the most hidden models. The oldest ones are dropped. */
const limit = 2_000;

const referencesSchema = v.array(v.object({ gatewayId: v.string(), modelId: v.string() }));

const chatModelsKey = 'chatModels';

/** True if the user uses a model for chat although Parley takes it for another kind. */
export function isUsedForChat(memory: Pick<Memory, 'get'>, model: ModelReference): boolean {
  const stored = v.safeParse(referencesSchema, memory.get(chatModelsKey));
  return stored.success && stored.output.some((other) => isSameModel(other, model));
}

/** The user's favorite models, hidden models and models for chat, of all workspaces. A favorite is never hidden. */
export class StoredMarks {
  private readonly storedFavorites: StoredValue<readonly ModelReference[]>;
  private readonly storedHidden: StoredValue<readonly ModelReference[]>;
  private readonly storedForChat: StoredValue<readonly ModelReference[]>;

  constructor(memory: Memory, log: Log) {
    const stored = (key: string, name: string): StoredValue<readonly ModelReference[]> =>
      new StoredValue(memory, log, { key, schema: referencesSchema, fallback: [], name });
    this.storedFavorites = stored('favoriteModels', 'the favorite models');
    this.storedHidden = stored('hiddenModels', 'the hidden models');
    this.storedForChat = stored(chatModelsKey, 'the models used for chat');
  }

  /** In the order in which they were added. */
  favorites(): readonly ModelReference[] {
    return this.storedFavorites.get();
  }

  hidden(): readonly ModelReference[] {
    return this.storedHidden.get();
  }

  /** Models that the user uses for chat although Parley takes them for another kind. */
  usedForChat(): readonly ModelReference[] {
    return this.storedForChat.get();
  }

  setUsedForChat(model: ModelReference, isUsed: boolean): void {
    replace(this.storedForChat, model, isUsed);
  }

  /** Adds a model to the favorites, which shows it if it was hidden; or removes it. */
  setFavorite(model: ModelReference, isFavorite: boolean): void {
    replace(this.storedFavorites, model, isFavorite);
    if (isFavorite) replace(this.storedHidden, model, false);
  }

  /** Hides a model, which also removes it from the favorites; or shows it again. */
  setHidden(model: ModelReference, isHidden: boolean): void {
    replace(this.storedHidden, model, isHidden);
    if (isHidden) replace(this.storedFavorites, model, false);
  }
}

function replace(
  stored: StoredValue<readonly ModelReference[]>,
  model: ModelReference,
  isMarked: boolean,
): void {
  const before = stored.get();
  const others = before.filter((other) => !isSameModel(other, model));
  if (!isMarked && others.length === before.length) return;
  stored.set(isMarked ? [...others, model].slice(-limit) : others);
}
