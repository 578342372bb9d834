import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from '../state/panelParts';
import type { GrowingPart } from '../state/textFeeds';
import { MarkdownStream } from './markdownStream';

interface StreamedMarkdownProps {
  readonly id: string;
  readonly kind: Exclude<GrowingPart['kind'], 'tool-call'>;
  /** Index among the answer's parts. */
  readonly index: number;
}

/** One text or reasoning part of an answer, drawn while it grows. The component renders once. */
export function StreamedMarkdown({ id, kind, index }: StreamedMarkdownProps): JSX.Element {
  const { store, post, t, reportFailure } = usePanel();
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const stream = new MarkdownStream(
      element,
      {
        t,
        copyCode: (text) => {
          post('copy', { text });
        },
        insertCode: (text) => {
          post('insert-code', { text });
        },
        // Code in reasoning is not a proposal, so it has no actions.
        ...(kind === 'text' && {
          applyCode: (block) => {
            post('apply-code', { id, ...block });
          },
        }),
        newFile: (block) => {
          post('new-file', { id, ...block });
        },
        runInTerminal: (text) => {
          post('run-in-terminal', { text });
        },
        openLink: (href) => {
          post('open-link', { href });
        },
      },
      reportFailure,
    );
    const watch = store.watchText(id, { kind, index }, stream);
    return () => {
      watch.dispose();
      stream.dispose();
    };
  }, [id, kind, index]);
  return <div class="streamed" ref={holder} />;
}
