import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Source } from '../../shared/answer/source';
import { usePanel } from '../state/panelParts';
import { linkSourceMarks } from './linkSourceMarks';

interface SourceListProps {
  readonly sources: readonly Source[];
}

/** The list of an answer's sources. Also links the marks in its text to them. */
export function SourceList({ sources }: SourceListProps): JSX.Element {
  const { post, t } = usePanel();
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const article = list.current?.closest('article');
    if (article === null || article === undefined) return;
    // Growing text belongs to the renderer, and reasoning has no marks.
    const link = (): void => {
      for (const text of article.querySelectorAll('.answer-text > [data-whole]')) {
        linkSourceMarks(text, sources);
      }
    };
    link();
    const observer = new MutationObserver(link);
    observer.observe(article, { attributeFilter: ['data-whole'], subtree: true });
    return () => {
      observer.disconnect();
    };
  }, [sources]);

  const open = (event: MouseEvent, href: string): void => {
    event.preventDefault();
    if (event.button !== 2) post('open-link', { href });
  };
  return (
    <div class="sources">
      <span aria-hidden="true">{t('Sources')}</span>
      <ol ref={list} aria-label={t('Sources')}>
        {sources.map(({ number, url, title }) => (
          <li key={number} value={number}>
            <a
              href={url}
              title={url}
              onClick={(event) => {
                open(event, url);
              }}
              onAuxClick={(event) => {
                open(event, url);
              }}
            >
              <bdi>{title ?? shortened(url)}</bdi>
            </a>{' '}
            {title !== undefined && <span class="source-host">{hostOf(url)}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

/** An address without its scheme, cut if it is long. */
function shortened(url: string): string {
  const address = url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return address.length > 80 ? `${address.slice(0, 79)}…` : address;
}
