import type { MediaStore } from '../../core/ports/mediaStore';
import type { ConversationStore } from '../../core/ports/conversationStore';
import { createConversationStore } from '../../storage/library/createConversationStore';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import type { House } from '../contributions/house';
import { lazily } from '../../shared/kit/lazyPart';
import { StorageWarnings } from './storageWarnings';

/** The conversations on disk. */
interface StorageFeature {
  readonly store: ConversationStore;
  readonly storageWarnings: StorageWarnings;
  readonly media: MediaStore;
  /** Deletes what is no longer needed, once per window. */
  readonly housekeeping: () => Promise<void>;
}

/** Opens the library of conversations. Nothing is read before something asks for it. */
export function registerStorage(house: House): StorageFeature {
  const { log, now, storage } = house;
  const storageWarnings = house.subscriptions.add(new StorageWarnings(log));
  const store = createConversationStore({
    folder: storage.fsPath,
    log,
    now,
    onDamage: (damage) => {
      storageWarnings.damaged(damage);
    },
  });
  const housekeeping = lazily(async () => {
    const { keepHouse } = await import('./keepHouse');
    await keepHouse({ storage, memory: house.globalState, log, now });
  });
  const files = lazily(async () => {
    const { MediaFiles, mediaFolderIn } = await import('../../storage/media/mediaFiles');
    return new MediaFiles(mediaFolderIn(storage.fsPath), nodeFileSystem, log);
  });
  const media: MediaStore = {
    keep: async (conversationId, dataUrl) => (await files()).keep(conversationId, dataUrl),
    read: async (conversationId, address) => (await files()).read(conversationId, address),
    copy: async (fromId, toId) => {
      await (await files()).copy(fromId, toId);
    },
  };
  return { store, storageWarnings, media, housekeeping };
}
