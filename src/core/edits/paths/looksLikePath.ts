import { commentText } from '../lines/commentText';

/** Longest path that is recognised, in UTF-16 units. */
const longestPath = 300;

const knownNames =
  /^(?:Dockerfile|Containerfile|Makefile|Rakefile|Gemfile|Procfile|Jenkinsfile|Justfile|Vagrantfile|Brewfile|Podfile|LICENSE|README|CODEOWNERS)$/i;

/** True for a text that looks like the path of a file: its last part has an extension or is a well-known name. */
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
  // A text with spaces is a sentence, unless it has a folder.
  return !/\s/.test(path) || (/[\\/]/.test(path) && !/\s[^\\/]*\s/.test(path));
}

const labels =
  /^(?:file ?(?:name|path)?|path|in|datei|fichier|archivo|arquivo|файл|文件名?|文件路径|路径|檔案|路徑|ファイル名?|파일)\s{0,4}[:：]\s{0,4}/i;

/** The text without a label such as `File:` at its beginning. */
export function withoutLabel(text: string): string {
  return text.replace(labels, '').trim();
}

/** The path in a comment that contains only a path: `// src/a.ts`, `# File: a.py`, `<!-- a.html (new) -->`. */
export function commentedPath(line: string): string | undefined {
  if (line.length > longestPath + 100) return undefined;
  const comment = commentText(line);
  if (comment === undefined) return undefined;
  const note = /\s\([^()]{0,60}\)$/.exec(comment);
  const bare = (note === null ? comment : comment.slice(0, note.index)).trim();
  const path = bare.replace(labels, '').replace(/^`|`$/g, '').trim();
  return looksLikePath(path) && !(/\s/.test(path) && bare === path) ? path : undefined;
}
