import type { Token } from 'markdown-it';
import { proseMarkdown } from './proseMarkdown';

/** The longest answer that is read aloud, in characters. That is about seven hours. */
const longestAnswer = 400_000;

/** How many HTML blocks may be inside each other. */
const deepest = 3;

/** The longest name in inline code that is spoken, in characters. */
const longestName = 60;

/** Signs that a voice reads as words, or that stop it: emoji with their modifiers, invisible characters, key caps. */
const unspoken =
  /(?:(?![©®™])\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\ufe0e|\ufe0f)\u200d?|[\u{1f1e6}-\u{1f1ff}]|[\u{e0020}-\u{e007f}]|\u20e3|[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffc\ufffd]|[\p{Cc}\p{Co}\p{Cs}]/gu;

/** The end of a sentence, with its closing quotation marks. */
const ended = /[.!?…:;,。！？：；，、]["'’”»」』）)\]]*$/u;

const chinese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][^\p{L}\p{N}]*$/u;

let parser: ReturnType<typeof proseMarkdown> | undefined;

/**
 * The text of an answer as a person would read it aloud: prose, headings, lists and the cells of tables, without code blocks, the
 * addresses of links, formulas and the marks of Markdown. Each block is one line and ends with a punctuation mark.
 *
 * @returns '' if nothing in the answer can be spoken.
 */
export function spokenText(markdown: string): string {
  return spokenLines(markdown.slice(0, longestAnswer), 0).filter(canSpeak).join('\n');
}

/** The spoken blocks of Markdown. `depth` counts the HTML blocks around it, whose content is Markdown, too. */
function spokenLines(markdown: string, depth: number): readonly string[] {
  parser ??= proseMarkdown();
  const lines: string[] = [];
  let row: string[] | undefined;
  let numbers: (number | null)[] = [];
  let marker = '';
  for (const token of parser.parse(markdown, {})) {
    switch (token.type) {
      case 'ordered_list_open':
        numbers = [...numbers, Number(token.attrGet('start') ?? 1)];
        break;
      case 'bullet_list_open':
        numbers = [...numbers, null];
        break;
      case 'ordered_list_close':
      case 'bullet_list_close':
        numbers = numbers.slice(0, -1);
        marker = '';
        break;
      case 'list_item_open': {
        const number = numbers.at(-1) ?? null;
        marker = number === null ? '' : `${number}. `;
        if (number !== null) numbers = [...numbers.slice(0, -1), number + 1];
        break;
      }
      case 'tr_open':
        row = [];
        break;
      case 'tr_close':
        lines.push(sentence((row ?? []).filter((cell) => cell !== '').join(', ')));
        row = undefined;
        break;
      case 'inline': {
        const text = inlineText(token.children ?? []);
        if (row !== undefined) row.push(text);
        else if (canSpeak(text)) lines.push(sentence(marker + text));
        marker = '';
        break;
      }
      case 'html_block':
        if (depth < deepest) lines.push(...spokenLines(withoutTags(token.content), depth + 1));
        break;
      default:
        break;
    }
  }
  return lines;
}

/** True if a text has a letter or a digit. */
export function canSpeak(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function inlineText(tokens: readonly Token[]): string {
  let text = '';
  /** True inside a link whose text is its address. */
  let isAddress = false;
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
        text += isAddress ? siteOf(token.content) : token.content;
        break;
      case 'code_inline':
        text += nameIn(token.content);
        break;
      case 'formula':
        text += /^\s*[\p{L}\d]\s*$/u.test(token.content) ? token.content.trim() : ' ';
        break;
      case 'softbreak':
      case 'hardbreak':
        // Chinese has no spaces between the lines of a paragraph.
        text += chinese.test(text.slice(-4)) ? '' : ' ';
        break;
      case 'image':
        text += inlineText(token.children ?? []);
        break;
      case 'link_open':
        isAddress = token.markup === 'linkify' || token.markup === 'autolink';
        break;
      case 'link_close':
        isAddress = false;
        break;
      case 'html_inline':
        text += ' ';
        break;
      default:
        break;
    }
  }
  return clean(text);
}

/** The name of a site, for a link that shows its address. */
function siteOf(address: string): string {
  return /^(?:[a-z][a-z\d+.-]{0,30}:)?(?:\/\/)?(?:www\.)?([^/?#@\s]{1,100})/i.exec(address)?.[1] ?? '';
}

/** Inline code if it is the name of something, such as `Array.map` or `npm install`; otherwise a space. */
function nameIn(code: string): string {
  const isName = code.length <= longestName && /^[\p{L}\p{N}_.#+/ -]+(?:\(\))?$/u.test(code);
  return isName && canSpeak(code) ? code.replace(/\(\)$/, '') : ' ';
}

/** An HTML block as text. Scripts, styles and preformatted text are left out as a whole. */
function withoutTags(html: string): string {
  if (/^\s*<(?:script|style|pre|textarea|svg|!)/i.test(html)) return '';
  return html.replaceAll(/<[^<>]{0,1000}>/g, ' ');
}

/** Removes marks that were not part of any syntax: footnotes, citations, task boxes, alerts, and what an open mark left. */
function clean(text: string): string {
  return text
    .replaceAll(
      /!?\[[ xX]\]\s|\[\^[^\]\s]{1,60}\]:?|\[![A-Z]{1,20}\]|【[^】【\n]{0,80}†[^】【\n]{0,80}】/g,
      ' ',
    )
    .replaceAll(/\bhttps?:\/\/(?:www\.)?([\w.-]{1,100})[^\s\p{Script=Han}，。；）]{0,2000}/giu, '$1')
    .replaceAll(/\*\*+|__+|~~+|`+|[|#]{2,}|\|/g, ' ')
    .replaceAll(unspoken, ' ')
    .replaceAll(/([^\p{L}\p{N}\s])\1{3,}/gu, '$1$1$1')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ (?=[,.;:!?，。；：！？、）)](?:\s|$))/gu, '')
    .trim();
}

/** Adds the punctuation mark that a heading, an item of a list or a row of a table lacks, so that the voice pauses. */
function sentence(text: string): string {
  if (text === '' || ended.test(text.slice(-8))) return text;
  return text + (chinese.test(text.slice(-8)) ? '。' : '.');
}
