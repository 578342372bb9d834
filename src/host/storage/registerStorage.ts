import type { ConversationStore } from '../../core/ports/conversationStore';
import { createConversationStore } from '../../storage/library/createConversationStore';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import { MediaFiles, mediaFolderIn } from '../../storage/media/mediaFiles';
import type { House } from '../contributions/house';
import { lazily } from '../ui/lazyPart';
import { StorageWarnings } from './storageWarnings';

/** The conversations on disk. */
interface StorageFeature {
  readonly store: ConversationStore;
  readonly storageWarnings: StorageWarnings;
  readonly media: MediaFiles;
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
  const media = new MediaFiles(mediaFolderIn(storage.fsPath), nodeFileSystem, log);
  return { store, storageWarnings, media, housekeeping };
}
