/** What a code block is for. It decides which buttons the block has. */
export type CodeKind = 'code' | 'shell' | 'diff' | 'diagram' | 'text';

/** Names of fences that contain no code. */
const plainNames = /^(?:text|txt|plain|plaintext|output|log|logs|ascii|none|stdout|stderr|tree)$/;

/** The kind of a block, by the first word of its fence and the language's highlight.js name. */
export function codeKind(info: string, grammar: string | undefined): CodeKind {
  const [word = ''] = info
    .trim()
    .toLowerCase()
    .split(/[\s:{,]/, 1);
  if (word === 'mermaid') return 'diagram';
  if (grammar === 'diff') return 'diff';
  if (grammar === 'bash' || grammar === 'shell' || grammar === 'powershell') return 'shell';
  return grammar === undefined && (word === '' || plainNames.test(word)) ? 'text' : 'code';
}

const diffMarks = /^(?:@@ |diff --git |--- a\/|<{5,9} ?SEARCH|\*\*\* Begin Patch)/m;
const codeMarks =
  /[{};][ \t\r]{0,20}$|^[ \t]{0,200}(?:def|class|import|from|return|function|const|let|var|public|private|package|func|fn|use|#include|<\/?[a-z])\b/m;

/** The kind of a block without a language, by its text. Many models leave the language out. */
export function kindOfText(text: string): CodeKind {
  const start = text.slice(0, 2_000);
  if (diffMarks.test(start)) return 'diff';
  return codeMarks.test(start) ? 'code' : 'text';
}
