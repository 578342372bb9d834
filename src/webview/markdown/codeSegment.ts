/** A run of code in one colour: the scopes of the grammar around it, outermost first, and its text. */
export interface CodeSegment {
  readonly scopes: readonly string[];
  readonly text: string;
}

/** Makes the DOM of one line: spans with the classes `hljs-*`, nested as the scopes are. */
export function segmentsToDom(segments: readonly CodeSegment[]): DocumentFragment {
  const root = document.createDocumentFragment();
  const open: { readonly scope: string; readonly dom: HTMLElement }[] = [];
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
    if (parent.lastChild instanceof Text) parent.lastChild.appendData(text);
    else parent.append(text);
  }
  return root;
}

/** highlight.js's own naming: `title.function` becomes `hljs-title function_`. */
function scopeClasses(scope: string): string {
  if (scope.startsWith('language:')) return scope.replace(':', '-');
  const [first = '', ...others] = scope.split('.');
  return [`hljs-${first}`, ...others.map((part, index) => part + '_'.repeat(index + 1))].join(' ');
}
