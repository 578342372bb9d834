import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { isComposing } from '../kit/isSendingEnter';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { ChatSearch } from './chatSearch';
import { findFieldId } from './findFieldId';
import { addStyles } from '../kit/addStyles';
import styles from './find.css' with { type: 'text' };

addStyles(styles);

interface FindBarProps {
  /** Closes the bar and returns the focus. */
  readonly onClose: () => void;
}

/** The bar for Find in Chat. */
export function FindBar({ onClose }: FindBarProps): JSX.Element {
  const parts = usePanel();
  const { t } = parts;
  const search = useMemo(() => new ChatSearch(parts), []);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    search.start();
    field.current?.focus();
    return () => {
      search.stop();
    };
  }, []);
  const query = search.query.value;
  const matchCase = search.matchCase.value;
  const total = search.total.value;
  const result =
    query === '' ? '' : total === 0 ? t('No results') : t('{0} of {1}', search.position.value, total);
  return (
    <div
      class="find"
      role="search"
      aria-label={t('Find in Chat')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        event.stopPropagation();
        event.preventDefault();
        onClose();
      }}
    >
      <input
        ref={field}
        id={findFieldId}
        type="text"
        class="find-field"
        dir="auto"
        aria-label={t('Find')}
        placeholder={t('Find')}
        maxLength={500}
        value={query}
        onInput={(event) => {
          search.search(event.currentTarget.value, matchCase);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || isComposing(event)) return;
          event.preventDefault();
          search.step(event.shiftKey ? -1 : 1);
        }}
      />
      <span class="find-tools">
        <span class="find-result" role="status">
          {result}
        </span>
        <IconButton
          icon="case-sensitive"
          label={t('Match Case')}
          pressed={matchCase}
          onPress={() => {
            search.search(query, !matchCase);
          }}
        />
        <IconButton
          icon="arrow-up"
          label={t('Previous Match')}
          hint={t('Previous Match (Shift+Enter)')}
          off={total === 0}
          onPress={() => {
            search.step(-1);
          }}
        />
        <IconButton
          icon="arrow-down"
          label={t('Next Match')}
          hint={t('Next Match (Enter)')}
          off={total === 0}
          onPress={() => {
            search.step(1);
          }}
        />
        <IconButton icon="close" label={t('Close Find')} hint={t('Close (Escape)')} onPress={onClose} />
      </span>
    </div>
  );
}
