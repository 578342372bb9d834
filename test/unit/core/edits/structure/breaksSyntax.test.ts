import { equal } from 'node:assert/strict';
import { breaksSyntax } from '../../../../../src/core/edits/structure/breaksSyntax';

describe('a change breaks the syntax of a file', () => {
  /** The text is the number of its errors. */
  const parser = {
    countErrors: (text: string, languageId: string) =>
      Promise.resolve(languageId === 'plaintext' ? undefined : Number(text)),
  };
  const cases = [
    ['if there are errors after it and were none before', 'typescript', '0', '2', true],
    ['not if there are no errors after it', 'typescript', '0', '0', false],
    ['not if there were errors before', 'typescript', '1', '2', false],
    ['not if the language has no grammar', 'plaintext', '0', '2', false],
  ] as const;
  for (const [title, languageId, before, after, expected] of cases)
    it(title, async () => {
      equal(await breaksSyntax(parser, languageId, before, after), expected);
    });

  it('not if the text has become too large to parse', async () => {
    const limited = { countErrors: (text: string) => Promise.resolve(text === 'small' ? 0 : undefined) };
    equal(await breaksSyntax(limited, 'typescript', 'small', 'too large'), false);
  });
});
