import { outlineBody, outline, type Body, type OutlineItem, type OutlinedText } from './outline';

/** A part of a block at one level, or a gap, which is a placeholder for parts of the file. */
export type BlockToken =
  | {
      readonly kind: 'part';
      readonly item: OutlineItem;
      /** Number of blank lines right before and after the part, in the same level. */
      readonly blankBefore: number;
      readonly blankAfter: number;
    }
  | { readonly kind: 'gap'; readonly line: number };

/** A block and the lines that this reading treats as placeholders. */
export interface ReadBlock {
  readonly text: OutlinedText;
  readonly gaps: ReadonlySet<number>;
}

/** The parts and gaps of a block's outermost level. */
export function blockTokens(block: ReadBlock): readonly BlockToken[] {
  return tokensOf(block, outline(block.text), 0, block.text.lines.length);
}

/** The parts and gaps in a body of a block. */
export function bodyTokens(block: ReadBlock, body: Body, depth: number): readonly BlockToken[] {
  return tokensOf(block, outlineBody(block.text, body, depth), body.start, body.end);
}

/** True when a part of a block contains a placeholder. */
export function hasGap({ gaps }: ReadBlock, { start, end }: Body): boolean {
  for (const line of gaps) if (line >= start && line < end) return true;
  return false;
}

function tokensOf(
  { text, gaps }: ReadBlock,
  items: readonly OutlineItem[],
  low: number,
  high: number,
): readonly BlockToken[] {
  return items.map((item): BlockToken => {
    if (gaps.has(item.start) && item.end === item.start + 1) return { kind: 'gap', line: item.start };
    let before = 0;
    while (item.lead - before > low && text.facts[item.lead - before - 1]?.isBlank === true) before++;
    let after = 0;
    while (item.end + after < high && text.facts[item.end + after]?.isBlank === true) after++;
    return { kind: 'part', item, blankBefore: before, blankAfter: after };
  });
}
