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
    file: 'core/edits/plan/namedPaths.ts',
    part: '`([^`\\n]{1,300})`',
    reason: 'is linear; each repetition is bounded',
  },
  { file: 'core/edits/plan/namedPaths.ts', part: '[.:]+$', reason: 'is tried on at most 2,000 characters' },
  { file: 'webview/markdown/copiedText.ts', part: '\\s*\\n\\s*', reason: 'is tried on what the user copies' },
  {
    file: 'core/text/terminalText.ts',
    part: '^\\s*(?:PS ',
    reason: 'is tried on at most 300 characters of a line',
  },
  {
    file: 'core/context/filesNamedIn.ts',
    part: '\\[[^\\]\\n]{0,300}',
    reason: 'is linear; each repetition is bounded',
  },
  {
    file: 'core/edits/structure/findLosses.ts',
    part: 'const|let|var|val|auto',
    reason: 'is linear; each repetition is bounded',
  },
  { file: 'core/edits/structure/mergeLevel.ts', part: '[{(].*[)}]', reason: lineOfBlock },
  { file: 'core/edits/structure/partKind.ts', part: 'sub|procedure|lambda', reason: lineOfBlock },
  { file: 'core/edits/exact/readSearchReplace.ts', part: 'REPLACE|UPDATED', reason: lineOfBlock },
  { file: 'core/edits/lines/declaration.ts', part: 'export|default|declare', reason: lineOfBlock },
  {
    file: 'core/edits/placeholders/placeholderShape.ts',
    part: '\\.{2,}|…+',
    reason: 'is tried on a line of at most 240 characters',
  },
  { file: 'core/exchange/exportFileName.ts', part: '[\\s.]+$', reason: 'is tried on at most 80 characters' },
  { file: 'core/models/modelFacts.ts', part: 'claude.*(1m', reason: modelId },
  { file: 'core/models/modelFacts.ts', part: 'deepseek.*', reason: modelId },
  { file: 'core/models/modelFacts.ts', part: 'grok-4.*', reason: modelId },
  { file: 'core/models/modelFacts.ts', part: ':(latest|', reason: modelId },
  {
    file: 'core/conversation/titleFromPrompt.ts',
    part: '」』》.。]+$',
    reason: 'is tried on at most 2,000 characters',
  },
  { file: 'gateway/setup/normaliseBaseUrl.ts', part: '[\\da-f:.]*%', reason: userInput },
  { file: 'gateway/setup/normaliseBaseUrl.ts', part: '^(\\S*[.:/[]', reason: userInput },
  { file: 'gateway/setup/normaliseBaseUrl.ts', part: '\\)+$', reason: userInput },
  { file: 'gateway/setup/normaliseBaseUrl.ts', part: '\\/+$', reason: userInput },
  { file: 'gateway/setup/normaliseBaseUrl.ts', part: '[.,;:!]+$', reason: userInput },
  { file: 'gateway/setup/normaliseBaseUrl.ts', part: '[.,;:!)]+$', reason: userInput },
  {
    file: 'gateway/reply/thinking/isMention.ts',
    part: 'closing|opening',
    reason: 'is tried on a few hundred characters around a mark',
  },
  { file: 'gateway/setup/pastedKey.ts', part: '》,;，；。]+$', reason: userInput },
  { file: 'gateway/setup/pastedKey.ts', part: 'your|你的|您的', reason: userInput },
  {
    file: 'gateway/network/repairHead.ts',
    part: '^http\\/(1',
    reason: 'is tried on a line of a head, whose size is bounded',
  },
  { file: 'gateway/unsupportedParameters/sentencesOf.ts', part: 'container|disk|base', reason: refusal },
  { file: 'gateway/unsupportedParameters/sentencesOf.ts', part: 'system[ _-]?(?:roles', reason: refusal },
  { file: 'gateway/unsupportedParameters/sentencesOf.ts', part: '[^]*\\buser\\b', reason: refusal },
  { file: 'gateway/unsupportedParameters/sentencesOf.ts', part: 'alternate between', reason: refusal },
  {
    file: 'gateway/unsupportedParameters/findUnsupportedMessageForm.ts',
    part: 'container|disk|base',
    reason: refusal,
  },
  {
    file: 'webview/composer/trigger.ts',
    part: '\\S*$',
    reason: 'is tried on the word before the cursor, which is cut',
  },
  { file: 'webview/markdown/parse/readDollar.ts', part: '^(?:\\{\\{|', reason: 'is tried on 79 characters' },
  {
    file: 'webview/markdown/parse/addTablePipes.ts',
    part: '(`+)(?=[^\\s`])',
    reason: 'is tried on one row of a table',
  },
];

/** Constructions whose pattern is known only when they run, by file, and what their pattern is made of. */
export const dynamicConstructions: ReadonlyMap<string, string> = new Map([
  ['src/core/edits/exact/readSearchReplace.ts', 'the name of a tag, one of a few words'],
  ['src/core/text/lazyExpression.ts', 'the expression whose construction was delayed'],
  ['src/core/models/matchesGlob.ts', "a glob of the user's own settings"],
  ['src/gateway/unsupportedParameters/findUnsupportedParameter.ts', 'patterns of the table in the same file'],
  ['src/webview/markdown/stream/withoutOpenLink.ts', 'a run of marks'],
]);
