import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import type { Log } from '../../../src/core/ports/log';
import type { LibraryOptions } from '../../../src/storage/library/createConversationStore';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';

interface Folder {
  readonly path: string;
  /** Another store on this folder, as a second window has. */
  open(options?: Partial<LibraryOptions>): ConversationStore;
}

/** Makes a new folder for each test of the suite that calls this, and deletes it after the test. */
export function useFolder(): Folder {
  let path = '';
  let stores: ConversationStore[] = [];
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'parley-storage-'));
  });
  afterEach(async () => {
    // A store whose disk fails still has events that it cannot write.
    await Promise.allSettled(stores.map((store) => store.flush()));
    stores = [];
    await rm(path, { recursive: true, force: true });
  });
  return {
    get path() {
      return path;
    },
    open(options = {}) {
      const store = createConversationStore({
        folder: path,
        log: rememberingLog(),
        now: () => 0,
        ...options,
      });
      stores.push(store);
      return store;
    },
  };
}

/** A log that records its lines. Each begins with its level. */
export function rememberingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(`info ${message}`),
    warn: (message) => void lines.push(`warn ${message}`),
    error: (message) => void lines.push(`error ${message}`),
  };
}
