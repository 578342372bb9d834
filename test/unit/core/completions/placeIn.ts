import type { CompletionPlace } from '../../../../src/core/completions/completionPlace';

/** A place in a text whose cursor is marked with `¦`. */
export function placeIn(text: string, languageId = 'typescript', isInvoked = false): CompletionPlace {
  const [before = '', after = ''] = text.split('¦');
  return { documentId: 'test', languageId, offset: before.length, before, after, isInvoked, pending: 0 };
}
