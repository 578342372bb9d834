/** An expression that takes more than linear time, and why that does no harm. */
export interface KnownExpression {
  readonly file: string;
  /** A part of its source that no other expression of the file has. */
  readonly part: string;
  readonly reason: string;
}

const userInput = 'is tried on what the user typed into an input box or a setting';
const modelId = 'is tried on the id of a model, which is cut';
const refusal = 'is tried on a sentence of a refusal, which is cut at 1,500 characters';
const lineOfBlock = 'is tried on one line of a code block or of a file';

/** This list only gets shorter: give a new expression a bound instead. */
export const knownExpressions: readonly KnownExpression[] = [
  {
    file: 'core/apply/namedPaths.ts',
    part: '`([^`\\n]{1,300})`',
    reason: 'is linear; each repetition is bounded',
  },
  { file: 'core/apply/namedPaths.ts', part: '[.:]+$', reason: 'is tried on at most 2,000 characters' },
  { file: 'webview/markdown/copiedText.ts', part: '\\s*\\n\\s*', reason: 'is tried on what the user copies' },
  {
    file: 'core/apply/terminalText.ts',
    part: '^\\s*(?:PS ',
    reason: 'is tried on at most 300 characters of a line',
  },
  {
    file: 'core/context/filesNamedIn.ts',
    part: '\\[[^\\]\\n]{0,300}',
    reason: 'is linear; each repetition is bounded',
  },
  {
    file: 'core/context/filesNamedIn.ts',
    part: '^(`{3,}|~{3,})',
    reason: 'is tried on a prompt file, whose size is bounded',
  },
  {
    file: 'core/edits/losses.ts',
    part: 'const|let|var|val|auto',
    reason: 'is linear; each repetition is bounded',
  },
  { file: 'core/edits/mergeParts.ts', part: '[{(].*[)}]', reason: lineOfBlock },
  { file: 'core/edits/partKind.ts', part: 'sub|procedure|lambda', reason: lineOfBlock },
  { file: 'core/edits/searchReplace.ts', part: 'REPLACE|UPDATED', reason: lineOfBlock },
  { file: 'core/edits/declaration.ts', part: 'export|default|declare', reason: lineOfBlock },
  {
    file: 'core/edits/placeholder.ts',
    part: '\\.{2,}|…+',
    reason: 'is tried on a line of at most 240 characters',
  },
  { file: 'core/exportFileName.ts', part: '[\\s.]+$', reason: 'is tried on at most 80 characters' },
  { file: 'core/modelFacts.ts', part: 'claude.*(1m', reason: modelId },
  { file: 'core/modelFacts.ts', part: 'deepseek.*', reason: modelId },
  { file: 'core/modelFacts.ts', part: 'grok-4.*', reason: modelId },
  { file: 'core/modelFacts.ts', part: ':(latest|', reason: modelId },
  { file: 'core/title.ts', part: '」』》.。]+$', reason: 'is tried on at most 2,000 characters' },
  { file: 'gateway/baseUrl.ts', part: '[\\da-f:.]*%', reason: userInput },
  { file: 'gateway/baseUrl.ts', part: '^(\\S*[.:/[]', reason: userInput },
  { file: 'gateway/baseUrl.ts', part: '\\)+$', reason: userInput },
  { file: 'gateway/baseUrl.ts', part: '\\/+$', reason: userInput },
  { file: 'gateway/baseUrl.ts', part: '[.,;:!]+$', reason: userInput },
  { file: 'gateway/baseUrl.ts', part: '[.,;:!)]+$', reason: userInput },
  {
    file: 'gateway/isMention.ts',
    part: 'closing|opening',
    reason: 'is tried on a few hundred characters around a mark',
  },
  { file: 'gateway/pastedKey.ts', part: '》,;，；。]+$', reason: userInput },
  { file: 'gateway/pastedKey.ts', part: 'your|你的|您的', reason: userInput },
  {
    file: 'gateway/responseHead.ts',
    part: '^http\\/(1',
    reason: 'is tried on a line of a head, whose size is bounded',
  },
  { file: 'gateway/refusalVocabulary.ts', part: 'container|disk|base', reason: refusal },
  { file: 'gateway/refusalVocabulary.ts', part: 'system[ _-]?(?:roles', reason: refusal },
  { file: 'gateway/refusalVocabulary.ts', part: '[^]*\\buser\\b', reason: refusal },
  { file: 'gateway/refusalVocabulary.ts', part: 'alternate between', reason: refusal },
  { file: 'gateway/refusedMessages.ts', part: 'container|disk|base', reason: refusal },
  {
    file: 'webview/composer/trigger.ts',
    part: '\\S*$',
    reason: 'is tried on the word before the cursor, which is cut',
  },
  { file: 'webview/markdown/mathDollar.ts', part: '^(?:\\{\\{|', reason: 'is tried on 79 characters' },
  {
    file: 'webview/markdown/tablePipes.ts',
    part: '(`+)(?=[^\\s`])',
    reason: 'is tried on one row of a table',
  },
];

/** Constructions whose pattern is known only when they run, by file, and what their pattern is made of. */
export const dynamicConstructions: ReadonlyMap<string, string> = new Map([
  ['src/core/edits/searchReplace.ts', 'the name of a tag, one of a few words'],
  ['src/core/parameters.ts', "a glob of the user's own settings"],
  ['src/gateway/refusedPart.ts', 'patterns of the table in the same file'],
  ['src/webview/markdown/openLink.ts', 'a run of marks'],
]);
