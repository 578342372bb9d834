import type { Env } from 'markdown-it';
import type { Translate } from '../../../shared/kit/translate';
import { parseBlocks } from '../parse/parseBlocks';
import { renderBlocks } from '../render/renderBlocks';
import { completeLastText } from './completeInline';
import type { Container } from './container';
import { renderBlockChildren } from './renderBlockChildren';
import type { Described } from './shownBlocks';
import { continues, removePrefix } from './tailSplit';

/** What is displayed of a tail. */
interface DescribedTail extends Described {
  /** True if the tail ends with text that is displayed as it is, in a paragraph or a heading. */
  readonly isComplete: boolean;
}

/**
 * Describes the displayed part of a tail.
 *
 * @param shown The displayed part.
 * @param container The long block that the tail continues, if there is one.
 */
export function describeTail(
  shown: string,
  container: Container | undefined,
  env: Env,
  t: Translate,
): DescribedTail {
  // The prefix of a table is only its head.
  if (container?.kind === 'table' && shown === '') return { pieces: [], blocks: [], isComplete: false };
  const prefix = container?.prefix ?? '';
  const source = prefix + shown;
  const blocks = parseBlocks(source, env);
  const context = { t, env, lines: source.split('\n') };
  const [first, ...others] = blocks;
  if (container === undefined || first === undefined) {
    const isComplete = completeLastText(blocks, env, source);
    return { pieces: [], blocks: renderBlocks(blocks, context), isComplete };
  }
  const { kind } = container;
  // The container is taken back as soon as the line is complete. Until then the text is displayed as plain text where it fits.
  if (!continues(first, container)) {
    const pieces = kind === 'nest' ? container.open : [{ kind: 'text' as const, text: shown }];
    return { pieces, blocks: [], isComplete: false };
  }
  if (kind === 'paragraph') removePrefix(first, prefix);
  const isComplete = completeLastText(blocks, env, source);
  const pieces = renderBlockChildren(first, container, context);
  return { pieces, blocks: renderBlocks(others, context), isComplete };
}
