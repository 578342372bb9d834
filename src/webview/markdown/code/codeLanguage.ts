/** Display names of the languages that can be highlighted, by their highlight.js names. */
const displayNames: Readonly<Record<string, string>> = {
  bash: 'Bash',
  c: 'C',
  clojure: 'Clojure',
  cmake: 'CMake',
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  dart: 'Dart',
  diff: 'Diff',
  dockerfile: 'Dockerfile',
  elixir: 'Elixir',
  fsharp: 'F#',
  go: 'Go',
  graphql: 'GraphQL',
  haskell: 'Haskell',
  ini: 'INI',
  java: 'Java',
  javascript: 'JavaScript',
  json: 'JSON',
  kotlin: 'Kotlin',
  latex: 'LaTeX',
  less: 'Less',
  lua: 'Lua',
  makefile: 'Makefile',
  markdown: 'Markdown',
  nginx: 'Nginx',
  objectivec: 'Objective-C',
  perl: 'Perl',
  php: 'PHP',
  powershell: 'PowerShell',
  protobuf: 'Protocol Buffers',
  python: 'Python',
  r: 'R',
  ruby: 'Ruby',
  rust: 'Rust',
  scala: 'Scala',
  scss: 'SCSS',
  shell: 'Shell Session',
  sql: 'SQL',
  swift: 'Swift',
  typescript: 'TypeScript',
  xml: 'XML',
  yaml: 'YAML',
};

/** Languages that are not highlighted. */
const plainNames: Readonly<Record<string, string>> = { math: 'Math', mermaid: 'Mermaid' };

/** Other words on a fence that people and models write: [highlight.js name, own display name]. */
const aliases: Readonly<Record<string, readonly [language: string, displayName?: string]>> = {
  'c#': ['csharp'],
  astro: ['xml', 'Astro'],
  'c++': ['cpp'],
  cc: ['cpp'],
  cjs: ['javascript'],
  clj: ['clojure'],
  console: ['shell', 'Console'],
  containerfile: ['dockerfile'],
  cs: ['csharp'],
  cts: ['typescript'],
  cxx: ['cpp'],
  docker: ['dockerfile'],
  dotenv: ['ini', 'Environment'],
  env: ['ini', 'Environment'],
  ex: ['elixir'],
  'f#': ['fsharp'],
  fish: ['bash', 'Fish'],
  fs: ['fsharp'],
  golang: ['go'],
  gql: ['graphql'],
  h: ['c'],
  hpp: ['cpp'],
  hs: ['haskell'],
  htm: ['xml', 'HTML'],
  html: ['xml', 'HTML'],
  hxx: ['cpp'],
  javascriptreact: ['javascript', 'JSX'],
  js: ['javascript'],
  json5: ['json', 'JSON5'],
  jsonc: ['json'],
  jsonl: ['json', 'JSON Lines'],
  jsx: ['javascript', 'JSX'],
  ksh: ['bash', 'Shell'],
  kt: ['kotlin'],
  kts: ['kotlin'],
  make: ['makefile'],
  md: ['markdown'],
  mdx: ['markdown', 'MDX'],
  mjs: ['javascript'],
  mk: ['makefile'],
  mts: ['typescript'],
  mysql: ['sql', 'MySQL'],
  objc: ['objectivec'],
  'objective-c': ['objectivec'],
  patch: ['diff'],
  pl: ['perl'],
  plist: ['xml', 'XML'],
  postgresql: ['sql', 'PostgreSQL'],
  'powershell-session': ['powershell'],
  properties: ['ini', 'Properties'],
  proto: ['protobuf'],
  ps1: ['powershell'],
  pwsh: ['powershell'],
  py: ['python'],
  pyi: ['python'],
  python3: ['python'],
  rb: ['ruby'],
  rs: ['rust'],
  sass: ['scss', 'Sass'],
  sh: ['bash', 'Shell'],
  'shell-session': ['shell'],
  shellscript: ['bash', 'Shell'],
  sqlite: ['sql', 'SQLite'],
  svelte: ['xml', 'Svelte'],
  svg: ['xml', 'SVG'],
  tex: ['latex'],
  toml: ['ini', 'TOML'],
  ts: ['typescript'],
  tsx: ['typescript', 'TSX'],
  typescriptreact: ['typescript', 'TSX'],
  vue: ['xml', 'Vue'],
  xhtml: ['xml', 'XHTML'],
  yml: ['yaml'],
  zsh: ['bash', 'Zsh'],
};

/** The language of a code block. */
interface CodeLanguage {
  /** Its display name; undefined if the fence names no language. */
  readonly displayName: string | undefined;
  /** Its highlight.js name; undefined if it is not highlighted. */
  readonly grammar: string | undefined;
}

/** Reads a fence's info string. Its first word is the language. */
export function codeLanguage(info: string): CodeLanguage {
  const [word] = /^[\w#+.-]{1,40}/.exec(info.trim()) ?? [];
  if (word === undefined) return { displayName: undefined, grammar: undefined };
  const key = word.toLowerCase();
  const [grammar, displayName] = Object.hasOwn(aliases, key) ? (aliases[key] ?? [key]) : [key];
  const known = Object.hasOwn(displayNames, grammar) ? displayNames[grammar] : undefined;
  const plain = Object.hasOwn(plainNames, key) ? plainNames[key] : undefined;
  return {
    displayName: displayName ?? known ?? plain ?? word,
    grammar: known === undefined ? undefined : grammar,
  };
}
