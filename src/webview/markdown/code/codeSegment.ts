import { mayHoldUnseen, visibleParts } from '../../../shared/text/visibleParts';
import { markAttributes } from '../nodes/markAttributes';

/** A run of code in one colour: its grammar scopes, outermost first, and its text. */
export interface CodeSegment {
  readonly scopes: readonly string[];
  readonly text: string;
}

/**
 * Makes the DOM of one line: spans with the classes `hljs-*`, nested like the scopes, and marks for invisible
 * characters.
 *
 * @param isFirst True for the first line of its block.
 */
export function segmentsToDom(segments: readonly CodeSegment[], isFirst = false): DocumentFragment {
  const root = document.createDocumentFragment();
  const open: { readonly scope: string; readonly dom: HTMLElement }[] = [];
  const line = segments.map(({ text }) => text).join('');
  const marks = mayHoldUnseen(line) ? marksIn(line, isFirst) : [];
  let offset = 0;
  for (const { scopes, text } of segments) {
    const shared = scopes.findIndex((scope, index) => open[index]?.scope !== scope);
    open.length = Math.min(open.length, shared === -1 ? scopes.length : shared);
    for (const scope of scopes.slice(open.length)) {
      const dom = document.createElement('span');
      dom.className = scopeClasses(scope);
      (open.at(-1)?.dom ?? root).append(dom);
      open.push({ scope, dom });
    }
    const parent = open.at(-1)?.dom ?? root;
    const end = offset + text.length;
    let from = offset;
    while (marks[0] !== undefined && marks[0].at < end) {
      const { at, dom } = marks[0];
      marks.shift();
      appendWords(parent, line.slice(from, at));
      parent.append(dom);
      from = at + (dom.textContent.length || 1);
    }
    appendWords(parent, line.slice(from, end));
    offset = Math.max(end, from);
  }
  return root;
}

function appendWords(parent: Node, text: string): void {
  if (parent.lastChild instanceof Text) parent.lastChild.appendData(text);
  else if (text !== '') parent.appendChild(document.createTextNode(text));
}

/** The marks of a line with their positions. */
function marksIn(line: string, isFirst: boolean): { readonly at: number; readonly dom: HTMLElement }[] {
  let at = 0;
  return visibleParts(line, isFirst).flatMap((part) => {
    const start = at;
    at += part.text.length;
    if (part.kind === 'words') return [];
    const dom = document.createElement('span');
    for (const [name, value] of Object.entries(markAttributes(part))) dom.setAttribute(name, value);
    dom.textContent = part.text;
    return [{ at: start, dom }];
  });
}

/** The class names of highlight.js: `title.function` becomes `hljs-title function_`. */
function scopeClasses(scope: string): string {
  if (scope.startsWith('language:')) return scope.replace(':', '-');
  const [first = '', ...others] = scope.split('.');
  return [`hljs-${first}`, ...others.map((part, index) => part + '_'.repeat(index + 1))].join(' ');
}
