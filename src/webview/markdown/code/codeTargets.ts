import { codeLanguage } from './codeLanguage';

/** How much of a block is searched for the headers of a diff, in characters. */
const longestDiff = 200_000;
/** How many words before a block are searched, in characters. */
const nearestWords = 160;
const blocks = 'p, li, h3, h4, h5, h6, td, blockquote, div';

/**
 * The files that a code block changes, as far as the page can tell: the file in its info string (`ts src/a.ts`, `ts:src/a.ts`,
 * `title="a.ts"`), the files of a diff, the file in a comment on the first line, or the only file that is set off in the words just
 * before the block. The host finds the real file when the block is applied.
 *
 * @param root The document that contains the block.
 */
export function codeTargets(info: string, text: string, block: Element, root: Element): readonly string[] {
  const inFence = fileInFence(info);
  if (inFence !== undefined) return [inFence];
  const patched = filesOfDiff(text);
  if (patched.length > 0) return patched;
  const file = fileInComment(text) ?? fileBefore(block, root);
  return file === undefined ? [] : [file];
}

/** The file that a fence's info string names beside the language; undefined if it names none. */
export function fileInFence(info: string): string | undefined {
  const text = info.trim().slice(0, 1_000);
  const [, double, single] =
    /(?:title|file(?:name|path)?|path)\s*[=:]\s*(?:"([^"]+)"|'([^']+)')/i.exec(text) ?? [];
  const quoted = double ?? single;
  if (quoted !== undefined) return quoted;
  const [first = '', ...others] = text.split(/\s+/);
  const afterColon = first.includes(':') ? first.slice(first.indexOf(':') + 1) : '';
  const bare = others.map((word) => word.replace(/^(?:title|file(?:name|path)?|path)[=:]/i, ''));
  return [afterColon, ...bare, /[\\/]/.test(first) ? first : ''].find(looksLikeFile);
}

function looksLikeFile(word: string): boolean {
  return /^[^\s{}"'`=<>|*?]+$/.test(word) && /(?:^|[^.\\/])\.\w{1,12}$|[\\/][\w.-]+$/.test(word);
}

/** Names of products and expressions that look like files. */
const noFile =
  /^(?:(?:node|next|nuxt|vue|react|three|chart|express|ember|backbone|alpine|solid|socket|moment|day|d3|p5|discord|electron)\.js|process\.env|(?:https?:|www\.).*)$/i;

/** True for a word of a text that is surely a file. In a text, `user.name` is not a file. */
function isSurelyFile(word: string): boolean {
  if (word.length > 200 || !looksLikeFile(word) || noFile.test(word)) return false;
  const extension = /\.(\w{1,12})$/.exec(word)?.[1];
  if (extension === undefined) return false;
  return /[\\/]/.test(word) || codeLanguage(extension).grammar !== undefined;
}

const patchHeaders = /^(?:\+\+\+ (?:b\/)?|--- a\/|\*\*\* (?:Update|Add|Delete) File: )([^\t\r\n]{1,300})/gm;

/** The files of a unified diff, a patch for `apply_patch` or a SEARCH/REPLACE block. */
function filesOfDiff(text: string): readonly string[] {
  if (!/^(?:--- |\+\+\+ |\*\*\* |<<<<<<<)/m.test(text.slice(0, 2_000))) return [];
  const files = Array.from(text.slice(0, longestDiff).matchAll(patchHeaders), ([, path = '']) => path.trim());
  const [line = '', mark = ''] = text.split('\n', 2);
  if (mark.startsWith('<<<<<<<') && looksLikeFile(line.trim())) files.push(line.trim());
  return [...new Set(files.filter((path) => path !== '/dev/null'))];
}

const comment =
  /^\s{0,8}(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|\{\/\*)\s{0,4}(?:(?:file ?(?:name|path)?|path|文件名?|路径)\s{0,4}[:：]\s{0,4})?`?([^\s`!]{1,200})`?\s{0,4}(?:\*\/\}?|-->)?\s*$/i;

/** The file in a comment that is the whole first line. */
function fileInComment(text: string): string | undefined {
  const [line = ''] = text.slice(0, 400).split('\n', 1);
  const path = comment.exec(line)?.[1];
  return path !== undefined && isSurelyFile(path) ? path : undefined;
}

/** The only file that is set off in the last paragraph, heading or list item before the block. */
function fileBefore(block: Element, root: Element): string | undefined {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  walker.currentNode = block;
  const files = new Set<string>();
  let length = 0;
  let last: Element | null | undefined;
  for (
    let node = walker.previousNode();
    node !== null && length < nearestWords;
    node = walker.previousNode()
  ) {
    const parent = node.parentElement;
    const text = node.textContent ?? '';
    if (parent?.closest('.markdown-code') !== null) break;
    const around = parent.closest(blocks);
    // Between two blocks there can be a line break.
    if (last !== undefined && around !== last) break;
    if (text.trim() !== '') last = around;
    length += text.length;
    const word = parent.closest('code, strong, h3, h4, h5, h6')?.textContent.trim() ?? '';
    const file = word.replace(/[:：]$/, '');
    if (isSurelyFile(file)) files.add(file);
  }
  const [only, ...others] = files;
  return others.length === 0 ? only : undefined;
}
