import type { Token } from 'markdown-it';
import { linkHost, linkTarget } from './linkTarget';
import { codeNodes, proseNodes } from '../nodes/markAttributes';
import { appendText, element } from '../nodes/virtualNode';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';
import type { Translate } from '../../../shared/kit/translate';

/**
 * The deepest level that is rendered. Deeper text is displayed like the words around it, because thousands of levels
 * would overflow the stack.
 */
const mostLevels = 100;

/** Describes inline tokens: text, emphasis, code, links and pictures. Pictures are never loaded. */
export function renderInline(tokens: readonly Token[], t: Translate): VirtualNode[] {
  const root: VirtualNode[] = [];
  const open: VirtualElement[] = [];
  let tooDeep = 0;
  for (const token of tokens) {
    const siblings = open.at(-1)?.children ?? root;
    if (token.nesting === -1) {
      if (tooDeep > 0) tooDeep -= 1;
      else open.pop();
    } else if (token.nesting === 1 && open.length >= mostLevels) tooDeep += 1;
    else if (token.nesting === 1) {
      const node = token.type === 'link_open' ? link(token) : element(token.tag);
      siblings.push(node);
      open.push(node);
    } else if (token.type === 'image') {
      siblings.push(
        picture(
          token,
          open.some(({ tag }) => tag === 'a'),
          t,
        ),
      );
    } else if (token.type === 'hardbreak') siblings.push(element('br'));
    else if (token.type === 'math_inline') siblings.push(formula(token));
    else if (token.type === 'footnote_reference') {
      siblings.push(
        footnoteReference(
          token,
          open.some(({ tag }) => tag === 'a'),
        ),
      );
    } else if (token.type === 'code_inline') {
      siblings.push(element('code', { dir: 'ltr' }, codeNodes(token.content)));
    } else appendProse(siblings, token.type === 'softbreak' ? '\n' : token.content);
  }
  return root;
}

function appendProse(siblings: VirtualNode[], text: string): void {
  const nodes = proseNodes(text);
  if (nodes === undefined) appendText(siblings, text);
  else siblings.push(...nodes);
}

function formula({ content, meta }: Token): VirtualNode {
  const source = String(meta?.['source']);
  const display = meta?.['display'] === true;
  return { kind: 'math', source, tex: content, display, isBlock: false, topLevel: false };
}

/** The number becomes final when the document is complete (see `arrangeFootnotes`). */
function footnoteReference({ content, meta }: Token, insideLink: boolean): VirtualElement {
  const text: VirtualNode[] = [{ kind: 'text', text: String(meta?.['number']) }];
  const attributes = {
    class: 'footnote-reference',
    'data-label': String(meta?.['label']),
    'data-source': content,
  };
  const link = element('a', { href: '#', role: 'doc-noteref' }, text);
  return element('sup', attributes, insideLink ? text : [link]);
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function link(token: Token): VirtualElement {
  const href = attribute(token, 'href');
  const target = linkTarget(href);
  const title = [attribute(token, 'title'), href].filter((part) => part !== '').join('\n');
  return target === undefined
    ? element('span', { class: 'dead-link', title })
    : element('a', { href: target, title });
}

/** Describes a picture as a link: loading it could carry data away. */
function picture(token: Token, insideLink: boolean, t: Translate): VirtualElement {
  const source = attribute(token, 'src');
  const target = linkTarget(source);
  const name = plainText(token.children ?? []) || attribute(token, 'title') || t('Picture');
  const host = linkHost(source);
  const icon = element('span', { class: 'codicon codicon-file-media', 'aria-hidden': 'true' });
  const label: VirtualNode[] = [icon, { kind: 'text', text: host === '' ? name : `${name} (${host})` }];
  // A `data:` address can have megabytes.
  const title = source.slice(0, 500);
  return target === undefined || insideLink
    ? element('span', { class: 'picture', title }, label)
    : element('a', { class: 'picture', href: target, title }, label);
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : plainTextOf(token)))
    .join('');
}

function plainTextOf(token: Token): string {
  return token.type === 'image' ? plainText(token.children ?? []) : token.content;
}
