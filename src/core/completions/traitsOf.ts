/** What the cutting of completions knows about a language. */
interface LanguageTraits {
  /** The beginning of a comment that ends with its line. */
  readonly comment: string;
  /** The end of the comment where the language needs one; '' for most. */
  readonly commentEnd: string;
  /** True for a language of sentences. Brackets and quotes say nothing about its blocks. */
  readonly isProse: boolean;
  /** True for a language that opens blocks with a colon. */
  readonly opensWithColon: boolean;
}

const hash = new Set(
  'python ruby perl shellscript makefile dockerfile yaml toml r powershell elixir julia coffeescript properties ini dotenv nim cmake tcl awk fish gdscript ignore pip-requirements scminput git-commit git-rebase'.split(
    ' ',
  ),
);
const dashes = new Set(['sql', 'lua', 'haskell', 'ada', 'elm', 'vhdl', 'plsql', 'postgres']);
const markup = new Set(['html', 'xml', 'vue', 'svelte', 'markdown', 'xsl', 'handlebars', 'astro']);
const percent = new Set(['latex', 'tex', 'matlab', 'erlang', 'prolog', 'bibtex']);
const semicolons = new Set(['clojure', 'lisp', 'scheme', 'racket', 'asm']);
const prose = new Set(
  'markdown plaintext latex tex restructuredtext asciidoc scminput git-commit git-rebase'.split(' '),
);
const withColons = new Set(['python', 'yaml', 'nim', 'gdscript', 'coffeescript', 'cython', 'starlark']);

/** The traits of a language. An unknown language is taken for one like C. */
export function traitsOf(languageId: string): LanguageTraits {
  return {
    comment: commentOf(languageId),
    commentEnd: markup.has(languageId) ? ' -->' : '',
    isProse: prose.has(languageId),
    opensWithColon: withColons.has(languageId),
  };
}

function commentOf(languageId: string): string {
  if (hash.has(languageId)) return '#';
  if (dashes.has(languageId)) return '--';
  if (markup.has(languageId)) return '<!--';
  if (percent.has(languageId)) return '%';
  return semicolons.has(languageId) ? ';' : '//';
}
