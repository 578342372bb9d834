/** Display names of the languages that can be highlighted, by their highlight.js name. */
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

/** Other words that people and models write on a fence: [highlight.js name, own display name]. */
const aliases: Readonly<Record<string, readonly [language: string, displayName?: string]>> = {
  'c#': ['csharp'],
  'c++': ['cpp'],
  'f#': ['fsharp'],
  'objective-c': ['objectivec'],
  cc: ['cpp'],
  clj: ['clojure'],
  console: ['shell', 'Console'],
  cs: ['csharp'],
  docker: ['dockerfile'],
  ex: ['elixir'],
  fs: ['fsharp'],
  golang: ['go'],
  gql: ['graphql'],
  h: ['c'],
  hpp: ['cpp'],
  hs: ['haskell'],
  html: ['xml', 'HTML'],
  javascriptreact: ['javascript', 'JSX'],
  js: ['javascript'],
  json5: ['json', 'JSON5'],
  jsonc: ['json'],
  jsonl: ['json', 'JSON Lines'],
  jsx: ['javascript', 'JSX'],
  kt: ['kotlin'],
  make: ['makefile'],
  md: ['markdown'],
  mjs: ['javascript'],
  objc: ['objectivec'],
  patch: ['diff'],
  pl: ['perl'],
  proto: ['protobuf'],
  ps1: ['powershell'],
  pwsh: ['powershell'],
  py: ['python'],
  rb: ['ruby'],
  rs: ['rust'],
  sh: ['bash', 'Shell'],
  shellscript: ['bash', 'Shell'],
  'shell-session': ['shell'],
  svelte: ['xml', 'Svelte'],
  svg: ['xml', 'SVG'],
  tex: ['latex'],
  toml: ['ini', 'TOML'],
  ts: ['typescript'],
  tsx: ['typescript', 'TSX'],
  typescriptreact: ['typescript', 'TSX'],
  vue: ['xml', 'Vue'],
  yml: ['yaml'],
  zsh: ['bash', 'Zsh'],
};

/** The language of a code block. */
export interface CodeLanguage {
  /** Its name for people; undefined when the fence states none. */
  readonly displayName: string | undefined;
  /** Its highlight.js name; undefined when it stays plain. */
  readonly grammar: string | undefined;
}

/** Reads a fence's info string: its first word is the language, whatever follows. */
export function codeLanguage(info: string): CodeLanguage {
  const [word] = /^[\w#+.-]{1,40}/.exec(info.trim()) ?? [];
  if (word === undefined) return { displayName: undefined, grammar: undefined };
  const key = word.toLowerCase();
  const [grammar, displayName] = Object.hasOwn(aliases, key) ? (aliases[key] ?? [key]) : [key];
  const known = Object.hasOwn(displayNames, grammar) ? displayNames[grammar] : undefined;
  return { displayName: displayName ?? known ?? word, grammar: known === undefined ? undefined : grammar };
}
