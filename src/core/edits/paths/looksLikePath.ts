import { commentText } from '../lines/commentText';

/** Longer texts than this, in UTF-16 units, are no path that a model writes. */
const longestPath = 300;

const knownNames =
  /^(?:Dockerfile|Containerfile|Makefile|Rakefile|Gemfile|Procfile|Jenkinsfile|Justfile|Vagrantfile|Brewfile|Podfile|LICENSE|README|CODEOWNERS)$/i;

/** Whether a text has the shape of a file's path: no sentence, and a last part with an extension or a well-known name. */
export function looksLikePath(text: string): boolean {
  const path = text.trim();
  if (path === '' || path.length > longestPath) return false;
  if (/[<>"|*?;={}]|\p{Cc}/u.test(path) || path.includes('  ') || /^[a-z]+:\/\/(?!\/)/i.test(path))
    return false;
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (knownNames.test(name) || /^\.[a-z][\w.-]*$/i.test(name)) return true;
  const dot = name.lastIndexOf('.');
  if (dot < 1 || !/^[a-z][a-z0-9_+-]{0,14}$/i.test(name.slice(dot + 1))) return false;
  if (/^(?:e\.g|i\.e|etc|vs)$/i.test(name)) return false;
  // Words with blanks are a sentence, unless a folder says otherwise.
  return !/\s/.test(path) || (/[\\/]/.test(path) && !/\s[^\\/]*\s/.test(path));
}

const labels =
  /^(?:file ?(?:name|path)?|path|in|datei|fichier|archivo|arquivo|файл|文件名?|文件路径|路径|檔案|路徑|ファイル名?|파일)\s{0,4}[:：]\s{0,4}/i;

/** A text without the label before it: `File: src/a.ts` is `src/a.ts`. */
export function withoutLabel(text: string): string {
  return text.replace(labels, '').trim();
}

/** The path of a comment that holds nothing but a path: `// src/a.ts`, `# File: a.py`, `<!-- a.html (new) -->`. */
export function commentedPath(line: string): string | undefined {
  if (line.length > longestPath + 100) return undefined;
  const comment = commentText(line);
  if (comment === undefined) return undefined;
  const note = /\s\([^()]{0,60}\)$/.exec(comment);
  const bare = (note === null ? comment : comment.slice(0, note.index)).trim();
  const path = bare.replace(labels, '').replace(/^`|`$/g, '').trim();
  return looksLikePath(path) && !(/\s/.test(path) && bare === path) ? path : undefined;
}
