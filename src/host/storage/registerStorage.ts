import type { MediaStore } from '../../core/ports/mediaStore';
import type { ConversationStore } from '../../core/ports/conversationStore';
import { createConversationStore } from '../../storage/library/createConversationStore';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import type { House } from '../contributions/house';
import { lazily } from '../../shared/kit/lazyPart';
import { StorageError } from '../../storage/files/storageError';
import type { StorageWarnings } from './storageWarnings';

/** The conversations on disk. */
interface StorageFeature {
  readonly store: ConversationStore;
  /** Tells the user that a conversation could not be saved. */
  readonly warnOfUnsaved: (error: unknown) => void;
  /** Tells the user that the conversation that the window showed last could not be read. */
  readonly warnOfUnread: (error: unknown) => void;
  readonly media: MediaStore;
  /** Deletes what is no longer needed, once per window. */
  readonly housekeeping: () => Promise<void>;
}

/** Opens the library of conversations. Nothing is read before something asks for it. */
export function registerStorage(house: House): StorageFeature {
  const { log, now, storage } = house;
  const warnings = lazily(async () => {
    const { StorageWarnings: Loaded } = await import('./storageWarnings');
    return house.subscriptions.add(new Loaded(log));
  });
  const warn = (tell: (loaded: StorageWarnings) => void): void => {
    warnings().then(tell).catch(house.warnOfFailure('Showing a warning of the storage'));
  };
  const store = createConversationStore({
    folder: storage.fsPath,
    log,
    now,
    onDamage: (damage) => {
      warn((loaded) => {
        loaded.damaged(damage);
      });
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
  return {
    store,
    // The bundle of the warnings has a class `StorageError` of its own.
    warnOfUnsaved: (error) => {
      warn((loaded) => {
        loaded.unsaved(error instanceof StorageError ? error.kind : undefined);
      });
    },
    warnOfUnread: (error) => {
      warn((loaded) => {
        loaded.unread(error);
      });
    },
    media,
    housekeeping,
  };
}
