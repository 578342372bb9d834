import type { GivenPart } from '../../core/provider/givenMessage';

/** A text or a picture. */
export type TreeContent = Extract<GivenPart, { kind: 'text' | 'picture' }>;

/** How many nodes are read. */
const mostNodes = 100_000;

/** The kinds of nodes and pieces in `JSONTree` of prompt-tsx. */
const textNode = 2;
const pictureCtor = 3;

/**
 * Reads a result of a tool that was made with `@vscode/prompt-tsx`: a `LanguageModelPromptTsxPart` holds the tree as JSON
 * (`PromptElementJSON`). Texts are joined, with a line break where a node demands one.
 */
export function readPromptTree(tree: unknown): readonly TreeContent[] {
  const content: TreeContent[] = [];
  let text = '';
  // A tree may be too deep for recursion. The next node is the last one of the list.
  const waiting: unknown[] = [fieldOf(tree, 'node')];
  for (let count = 0; waiting.length > 0 && count < mostNodes; count += 1) {
    const node = waiting.pop();
    if (fieldOf(node, 'type') === textNode) {
      const words = fieldOf(node, 'text');
      if (fieldOf(node, 'lineBreakBefore') === true && text !== '' && !text.endsWith('\n')) text += '\n';
      if (typeof words === 'string') text += words;
      continue;
    }
    if (fieldOf(node, 'ctor') === pictureCtor) {
      const url = pictureUrl(fieldOf(node, 'props'));
      if (url !== undefined) content.push({ kind: 'picture', url });
    }
    const children = fieldOf(node, 'children');
    // One by one: a call takes only so many parameters.
    if (Array.isArray(children)) for (const child of children.toReversed()) waiting.push(child);
  }
  return text === '' ? content : [{ kind: 'text', text }, ...content];
}

/** The source of a picture is its content in Base64, or a URL. */
function pictureUrl(props: unknown): string | undefined {
  const source = fieldOf(props, 'src');
  const mimeType = fieldOf(props, 'mimeType');
  if (typeof source !== 'string' || source === '') return undefined;
  if (/^data:image\//i.test(source)) return source;
  if (!/^[\w+/=-]{8}/.test(source)) return undefined;
  return `data:${typeof mimeType === 'string' ? mimeType : typeOf(source)};base64,${source}`;
}

/** The type of a picture by the first characters of its content in Base64. */
function typeOf(base64: string): string {
  if (base64.startsWith('/9j/')) return 'image/jpeg';
  if (base64.startsWith('R0lGOD')) return 'image/gif';
  return base64.startsWith('UklGR') ? 'image/webp' : 'image/png';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
