import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { addDetails } from './addDetails';
import { addEmphasis } from './addEmphasis';
import { addFootnotes } from './addFootnotes';
import { addHtmlTags, withTagProbe } from './addHtmlTags';
import { normalizeLink, normalizeLinkText } from './normalizeLink';
import { pendingLine, startPending } from './addMathBlocks';
import { addMath, withMathProbe } from './addMath';
import type { OpenMath } from './addMath';
import { addTablePipes } from './addTablePipes';

/** One top-level block of a parsed source: its tokens and its lines (end exclusive). */
export interface Block {
  /** The type of its first token: `paragraph_open`, `fence`, `table_open`, `reference_definition`, … */
  readonly type: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly tokens: Token[];
  /** True if later text can make it a part of a formula that opens in it or before it. */
  readonly mayChange: boolean;
}

const parser = new MarkdownIt({ html: false, linkify: true });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
parser.linkify.add('ftp:', null).add('//', null);
// Every address is parsed as a link, so that none is displayed as raw Markdown. `linkTarget` decides which of them can
// be opened.
parser.validateLink = () => true;
parser.normalizeLink = normalizeLink;
parser.normalizeLinkText = normalizeLinkText;
addTablePipes(parser);
addEmphasis(parser);
addHtmlTags(parser);
addFootnotes(parser);
addDetails(parser);
addMath(parser);
// Blocks are parsed separately, so only the rules for inline content remain in the core chain.
parser.core.ruler.enableOnly(['inline', 'linkify', 'text_join']);

/**
 * Finds the blocks of a source (normalised, see `SourceNormaliser`) without parsing their inline content. Adds link
 * reference definitions to `env`.
 */
export function parseBlocks(source: string, env: Env): Block[] {
  const tokens: Token[] = [];
  startPending(env);
  parser.block.parse(source, parser, env, tokens);
  const pending = pendingLine(env);
  const blocks: Block[] = [];
  let first = 0;
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting === 1) return;
    const opening = tokens[first];
    const [startLine, endLine] = opening?.map ?? [0, 0];
    blocks.push({
      type: opening?.type ?? token.type,
      startLine,
      endLine,
      tokens: tokens.slice(first, index + 1),
      mayChange: endLine > pending,
    });
    first = index + 1;
  });
  return blocks;
}

/** Parses the inline content of block tokens in place, with the link references of `env`. Can be called again. */
export function parseInline(tokens: Token[], env: Env): void {
  for (const token of tokens) if (token.type === 'inline') token.children = [];
  const state = new parser.core.State('', parser, env);
  state.tokens = tokens;
  parser.core.process(state);
}

/** The unclosed parts of an inline text. */
interface InlineRemainder extends OpenMath {
  /**
   * The closing markers of the open emphasis, strikethrough and tags, in the order of their opening; '' for a tag that
   * cannot be closed here.
   */
  readonly openMarkers: readonly string[];
  /** Texts that no rule used. Unmatched backticks and brackets are in them. */
  readonly plainTexts: readonly string[];
}

/** Parses an inline text and returns the parts that later text could still complete. */
export function inlineRemainder(content: string, env: Env): InlineRemainder {
  const tokens: Token[] = [];
  const [tagProbing, { tags }] = withTagProbe(env, content);
  const [probing, probe] = withMathProbe(tagProbing);
  const state = new parser.inline.State(content, parser, probing, tokens);
  parser.inline.tokenize(state);
  parser.inline.ruler2.getRules('')[0]?.(state);
  const markers = state.delimiters
    .filter((delimiter) => delimiter.open && delimiter.end < 0)
    .map(({ token }) => ({ token, text: tokens[token]?.content ?? '' }));
  const openTags = tags.map(({ name, token }) => ({ token, text: name && `</${name}>` }));
  return {
    ...probe,
    openMarkers: [...markers, ...openTags]
      .toSorted((left, right) => left.token - right.token)
      .map(({ text }) => text),
    plainTexts: textsOf(tokens),
  };
}

/** The texts of tokens, including those of a picture's label, which are in its children. */
function textsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ type, content, children }) =>
    type === 'text' ? [content] : textsOf(type === 'image' ? (children ?? []) : []),
  );
}
