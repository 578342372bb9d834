import type { Env, Token } from 'markdown-it';
import { alertAt, alertElement } from './alertElement';
import { groupLines } from './groupLines';
import { groupRows } from './groupRows';
import { parseInline } from '../parse/parseBlocks';
import type { Block } from '../parse/parseBlocks';
import { renderInline } from './renderInline';
import { isLooseList, topLevelListLooseness } from '../parse/isLooseList';
import { withNumberRoom } from './withNumberRoom';
import { appendText, element } from '../nodes/virtualNode';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';
import type { Translate } from '../../../shared/kit/translate';

/** The context of rendering. */
export interface RenderContext {
  readonly t: Translate;
  readonly env: Env;
  /** The lines of the source of the blocks. */
  readonly lines: readonly string[];
}

/** Describes top-level blocks and parses their inline content. */
export function renderBlocks(blocks: readonly Block[], context: RenderContext): VirtualNode[] {
  return blocks
    .filter((block) => block.type !== 'reference_definition')
    .flatMap((block) => {
      parseInline(block.tokens, context.env);
      const looseness = block.type.endsWith('list_open')
        ? topLevelListLooseness(block.tokens, context.lines)
        : undefined;
      return renderTokens(block.tokens, context.t, looseness).map(asTopLevel);
    });
}

function asTopLevel(node: VirtualNode): VirtualNode {
  if (node.kind === 'code' || node.kind === 'math') return { ...node, topLevel: true };
  if (node.kind === 'text') return node;
  const { class: names } = node.attributes;
  const classes = names === undefined ? 'markdown-block' : `markdown-block ${names}`;
  return { ...node, attributes: { ...node.attributes, class: classes } };
}

/**
 * Describes block tokens whose inline content is parsed.
 *
 * @param outerLooseness Whether a list that begins with the first token is loose, if that is known better than from
 *   these tokens.
 */
function renderTokens(tokens: readonly Token[], t: Translate, outerLooseness?: boolean): VirtualNode[] {
  const root: VirtualNode[] = [];
  const open: VirtualElement[] = [];
  tokens.forEach((token, index) => {
    const parent = open.at(-1);
    const siblings = parent?.children ?? root;
    if (token.nesting === -1) {
      open.pop();
      const table = token.type === 'tbody_close' ? open.at(-1) : undefined;
      if (table !== undefined) groupRows(table);
    } else if (token.nesting === 1) {
      const opened = openElement(tokens, index, t, index === 0 ? outerLooseness : undefined);
      // A paragraph inside an item, a quote or a footnote has the direction of its parent.
      const node =
        opened.tag === 'p' && (parent === undefined || parent.tag === 'details')
          ? { ...opened, attributes: ownDirection }
          : opened;
      if (!holdsOnlyAlertMarker(tokens, index)) siblings.push(node);
      // A table scrolls inside its own box.
      const inner = token.type === 'table_open' ? element('table') : node;
      if (inner !== node) node.children.push(inner);
      open.push(inner);
    } else if (token.type === 'inline') {
      siblings.push(...renderContent(tokens, index, t));
    } else if (token.type === 'fence' || token.type === 'code_block') {
      siblings.push({ kind: 'code', info: token.info, code: token.content, topLevel: false });
    } else if (token.type === 'math_block') {
      const source = String(token.meta?.['source']);
      siblings.push({
        kind: 'math',
        source,
        tex: token.content,
        display: true,
        isBlock: true,
        topLevel: false,
      });
    } else if (token.type === 'hr') siblings.push(element('hr'));
  });
  return root;
}

/** True if the paragraph that opens at `index` is only the marker of an alert. */
function holdsOnlyAlertMarker(tokens: readonly Token[], index: number): boolean {
  const hasMarker = alertAt(tokens, index - 1) !== undefined;
  return hasMarker && (tokens[index + 1]?.children?.length ?? 0) < 2;
}

/** The direction of a text follows its first word. */
const ownDirection = { dir: 'auto' };

function openElement(
  tokens: readonly Token[],
  index: number,
  t: Translate,
  looseness?: boolean,
): VirtualElement {
  const token = tokens[index];
  if (token === undefined) throw new RangeError(`No token at ${index}`);
  switch (token.type) {
    case 'heading_open':
      return element(headingTag(token.tag), ownDirection);
    case 'table_open':
      return { ...element('div', { class: 'markdown-table' }), scrolls: true };
    case 'bullet_list_open':
    case 'ordered_list_open': {
      const start = token.attrGet('start');
      const first = start === null ? {} : { start: String(start) };
      const looseClass = (looseness ?? isLooseList(tokens, index)) ? 'loose' : '';
      const names =
        token.tag === 'ol' ? withNumberRoom(looseClass, first.start, countItems(tokens, index)) : looseClass;
      return element(token.tag, { ...first, ...(names === '' ? {} : { class: names }) });
    }
    case 'list_item_open': {
      const [paragraph, content] = tokens.slice(index + 1, index + 3);
      const isTask = paragraph?.type === 'paragraph_open' && taskMarker(content) !== undefined;
      return element('li', isTask ? { ...ownDirection, class: 'task' } : ownDirection);
    }
    case 'blockquote_open': {
      const kind = alertAt(tokens, index);
      return kind === undefined ? element('blockquote', ownDirection) : alertElement(kind, t);
    }
    case 'footnote_open':
      return element('div', {
        ...ownDirection,
        class: 'footnote-definition',
        tabindex: '-1',
        'data-label': String(token.meta?.['label']),
        'data-number': String(token.meta?.['number']),
      });
    case 'th_open':
    case 'td_open': {
      const [, side] = /^text-align:(\w+)$/.exec(String(token.attrGet('style') ?? '')) ?? [];
      const names = [cellRoom(tokens[index + 1]?.content ?? ''), side && `align-${side}`]
        .filter(Boolean)
        .join(' ');
      return element(token.tag, names === '' ? ownDirection : { ...ownDirection, class: names });
    }
    case 'details_open':
      return element('details', token.meta?.['isOpen'] === true ? { open: '' } : {});
    case 'summary_open':
      return element('summary', ownDirection);
    default:
      return element(token.tag);
  }
}

function countItems(tokens: readonly Token[], index: number): number {
  const level = tokens[index]?.level ?? 0;
  let count = 0;
  for (let next = index + 1; (tokens[next]?.level ?? level) > level; next += 1)
    if (tokens[next]?.type === 'list_item_open' && tokens[next]?.level === level + 1) count += 1;
  return count;
}

/**
 * The class of a cell, chosen by its text. A browser considers a Chinese column readable with one character per line.
 * So a short text stays on one line, a longer one gets room for about eight characters, and a long one in other
 * languages gets room for words.
 */
function cellRoom(text: string): string {
  const wide = text.match(/[\u2e80-\uffdc]/g)?.length ?? 0;
  const width = text.length + wide;
  if (wide > 0) return width > 16 ? 'long' : 'short';
  return width > 30 ? 'long' : '';
}

/** Headings are below those of the panel (conversation, message): two levels down, at most `h6`. */
function headingTag(tag: string): string {
  return `h${String(Math.min(Number(tag.slice(1)) + 2, 6))}`;
}

/** The marker at the beginning of a task: `[ ]` or `[x]`; undefined for other text. */
function taskMarker(token: Token | undefined): string | undefined {
  const first = token?.children?.[0];
  return /^\[[ xX]\](?=\s|$)/.exec(first?.type === 'text' ? first.content : '')?.[0];
}

/**
 * Describes a block's inline content. In a task it becomes the label of a checkbox. In an alert the first line, its
 * marker, is omitted.
 */
function renderContent(tokens: readonly Token[], index: number, t: Translate): VirtualNode[] {
  const token = tokens[index];
  const children = token?.children ?? [];
  const isAlert = alertAt(tokens, index - 2) !== undefined;
  const inline = renderInline(isAlert ? children.slice(2) : children, t);
  const content = tokens[index - 1]?.type === 'paragraph_open' ? groupLines(inline) : inline;
  const marker = tokens[index - 2]?.type === 'list_item_open' ? taskMarker(token) : undefined;
  const [lead, ...others] = content;
  if (marker === undefined || lead?.kind !== 'text') return content;
  const checked = marker === '[ ]' ? {} : { checked: '' };
  const label = element('label', {}, [element('input', { type: 'checkbox', disabled: '', ...checked })]);
  appendText(label.children, lead.text.slice(marker.length));
  label.children.push(...others);
  return [label];
}
