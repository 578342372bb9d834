import { escapeMarkdown } from '../text/escapeMarkdown';

/** A file that is referred to, and the document that refers to it. */
interface Reference {
  /** The path of the document, with slashes; undefined if no relative path leads to the file. */
  readonly from: string | undefined;
  /** The path of the file. */
  readonly to: string;
  /** VS Code's language id of the document. */
  readonly languageId: string;
  /** The name of the medium. */
  readonly name: string;
}

const markdownIds = new Set(['markdown', 'mdx', 'quarto', 'rmd']);
const htmlIds = new Set(['html', 'vue', 'svelte', 'astro', 'handlebars', 'php', 'razor']);

/** The text that shows a picture in a document: Markdown, HTML, or only the relative path in other languages. */
export function mediaReference({ from, to, languageId, name }: Reference): string {
  const path = from === undefined ? to : relativePath(from, to);
  if (markdownIds.has(languageId)) return `![${escapeMarkdown(name)}](${encodePath(path)})`;
  if (htmlIds.has(languageId)) return `<img src="${encodePath(path)}" alt="${escapeHtml(name)}">`;
  return path;
}

function relativePath(from: string, to: string): string {
  const left = from.split('/').slice(0, -1);
  const right = to.split('/');
  let shared = 0;
  while (shared < left.length && shared < right.length - 1 && left[shared] === right[shared]) shared += 1;
  return [...left.slice(shared).map(() => '..'), ...right.slice(shared)].join('/');
}

/** Spaces and the characters that end an address in Markdown or HTML. */
function encodePath(path: string): string {
  return path.replaceAll(
    /[\s<>()"'#?%&\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
