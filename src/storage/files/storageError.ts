/**
 * Why the library refuses: the conversation is in the trash (or was deleted for good), its journal
 * was written by a newer version of Parley, it does not exist, its id cannot name a file, or an event
 * is too large to be read again.
 */
export type StorageErrorKind = 'removed' | 'newer-version' | 'not-found' | 'invalid-id' | 'too-large';

const messages: Record<StorageErrorKind, string> = {
  removed: 'The conversation was removed.',
  'newer-version': 'The conversation was written by a newer version of Parley.',
  'not-found': 'There is no such conversation in the trash.',
  'invalid-id': 'Not an id of a conversation.',
  'too-large': 'A message is too large to be kept.',
};

/** A refusal by the library itself. Whatever else it throws comes from the file system. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(
    readonly kind: StorageErrorKind,
    readonly conversationId: string,
  ) {
    super(`${messages[kind]} (${conversationId.slice(0, 100)})`);
  }
}
