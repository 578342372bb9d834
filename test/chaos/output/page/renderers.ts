/** What draws words, addresses or names that come from elsewhere → what stands in the page once it has drawn some. */
const renderers: Readonly<Record<string, string>> = {
  prose: '.answer .markdown p',
  headings: '.markdown :is(h1, h2, h3, h4, h5, h6)',
  quotes: '.markdown blockquote',
  lists: '.markdown li',
  tasks: '.markdown .task',
  tables: '.markdown-table td',
  footnotes: '.footnotes',
  alerts: '.markdown-alert-title',
  links: '.markdown a[href]',
  'dead links': '.markdown .dead-link',
  'pictures in words': '.markdown .picture',
  code: '.markdown-code pre',
  'highlighted code': '.markdown-code [class*="hljs-"]',
  'file names of code': '.markdown-code-language',
  'highlighted diffs': '.markdown-code .hljs-deletion',
  formulas: '.markdown-math math',
  'wrong formulas': '.markdown-math.wrong',
  diagrams: '.markdown-diagram',
  'refused diagrams': '.markdown-diagram-problem',
  thoughts: '.reasoning .markdown',
  'tool calls': '.tool-uses summary',
  'tool results': '.tool-result',
  pictures: '.media-picture',
  sounds: '.media-sound',
  videos: '.media-video',
  'files that cannot be played': '.media-note',
  'addresses of media': '.media-address',
  'enlarged pictures': '.lightbox-name',
  failures: '.failure-sentence',
  'words of gateways': '.failure-words',
  'details of failures': '.failure-details',
  retries: '.note.retry',
  'names of models': '.model-name',
  'served models': '.served-model',
  'adapted requests': '.adaptations',
  summaries: '.shortened-summary',
  probabilities: '.token-list .token',
  prompts: '.prompt-text',
  'chips of prompts': '.prompt .chip-label',
  'titles of chats': '.header-rename',
  'the history': '.history-title',
  'pending context': '.composer .chip-label',
  'waiting prompts': '.queue-text',
  'the chosen model': '.model-button-name',
  'compared models': '.comparison .chip',
  'gateway cards': '.card-name',
};

/** The names of all of them. */
export const rendererNames: readonly string[] = Object.keys(renderers);

/** Adds to `seen` the renderers that have something in the page now. */
export function noteRenderers(seen: Set<string>): void {
  for (const [name, selector] of Object.entries(renderers))
    if (!seen.has(name) && document.querySelector(selector) !== null) seen.add(name);
}
