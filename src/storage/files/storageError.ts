/**
 * Why the library rejects an operation.
 *
 * - `removed`: the conversation is in the trash, or was deleted for ever.
 * - `newer-version`: a newer version of Parley wrote the journal.
 * - `not-found`: there is no such conversation in the trash.
 * - `invalid-id`: the id cannot be the name of a file.
 * - `too-large`: an event is too large to be read again.
 */
export type StorageErrorKind = 'removed' | 'newer-version' | 'not-found' | 'invalid-id' | 'too-large';

const messages: Record<StorageErrorKind, string> = {
  removed: 'The conversation was removed.',
  'newer-version': 'The conversation was written by a newer version of Parley.',
  'not-found': 'There is no such conversation in the trash.',
  'invalid-id': 'Not an id of a conversation.',
  'too-large': 'A message is too large to be kept.',
};

/** An error of the library itself. All other errors that it throws come from the file system. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(
    readonly kind: StorageErrorKind,
    readonly conversationId: string,
  ) {
    super(`${messages[kind]} (${conversationId.slice(0, 100)})`);
  }
}
