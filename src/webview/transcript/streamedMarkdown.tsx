import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { effect } from '@preact/signals';
import { usePanel } from '../state/panelParts';
import type { GrowingPart } from '../state/textFeeds';
import { MarkdownStream } from './markdownStream';

interface StreamedMarkdownProps {
  readonly id: string;
  readonly kind: Exclude<GrowingPart['kind'], 'tool-call'>;
  /** Index among the answer's parts. */
  readonly index: number;
  /** Called each time the whole text has been drawn. */
  readonly onWhole?: () => void;
}

/** One text or reasoning part of an answer, drawn while it grows. The component renders once. */
export function StreamedMarkdown({ id, kind, index, onWhole }: StreamedMarkdownProps): JSX.Element {
  const { store, post, t, reportFailure } = usePanel();
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const markApplied = (): void => {
      const applied = store.state.peek()?.applied?.filter(({ answer }) => answer === id) ?? [];
      if (applied.length === 0) return;
      import('./markApplied').then((marks) => {
        marks.markApplied(element, applied, t);
      }, reportFailure);
    };
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
      () => {
        markApplied();
        onWhole?.();
      },
    );
    const watch = store.watchText(id, { kind, index }, stream);
    const unfollow =
      kind === 'text'
        ? effect(() => {
            if (store.state.value?.applied !== undefined) markApplied();
          })
        : undefined;
    return () => {
      unfollow?.();
      watch.dispose();
      stream.dispose();
    };
  }, [id, kind, index]);
  return <div class="streamed" ref={holder} />;
}
