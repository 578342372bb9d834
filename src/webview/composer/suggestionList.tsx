import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';
import { markMatches } from '../kit/markMatches';
import type { Suggestion, Suggestions } from './suggestions';
import { suggestionId, suggestionListId } from './suggestions';

interface SuggestionListProps {
  readonly suggestions: Suggestions;
  readonly onChoose: (option: Suggestion) => void;
}

/** The suggestions for the typed word, above the composer. The focus stays in the text. */
export function SuggestionList({ suggestions, onChoose }: SuggestionListProps): JSX.Element {
  const { t } = usePanel();
  const { place } = useComposerField();
  // The transcript would cut the list of an edited prompt, so that list is drawn over the page.
  const popover = place.edit === undefined ? undefined : 'manual';
  const list = useRef<HTMLDivElement>(null);
  const trigger = suggestions.trigger.value;
  const options = suggestions.options.value;
  const active = suggestions.active.value;
  const pending = suggestions.pending.value;
  const isEmpty = trigger !== null && options.length === 0 && !pending;
  useLayoutEffect(() => {
    if (popover !== undefined) list.current?.showPopover();
  }, [popover, options, isEmpty]);
  useLayoutEffect(() => {
    const row = list.current?.querySelector('[aria-selected=true]');
    // The first row scrolls together with its heading.
    if (active === 0) list.current?.scrollTo(0, 0);
    else row?.scrollIntoView({ block: 'nearest' });
  }, [active, options]);
  return (
    <>
      <div class="visually-hidden" aria-live="polite">
        {trigger === null || pending ? '' : countOf(options.length, t)}
      </div>
      {trigger !== null && options.length > 0 && (
        <div
          class={trigger.sign === '@' ? 'suggestions' : 'suggestions explained'}
          id={suggestionListId}
          ref={list}
          popover={popover}
          role="listbox"
          aria-label={listNames(t)[trigger.sign]}
          onMouseDown={(event) => {
            event.preventDefault();
          }}
        >
          {groupsOf(options).map(({ name, rows }) => (
            <Group key={name} name={name}>
              {rows.map(({ option, place }) => (
                <Row
                  key={option.id}
                  option={option}
                  place={place}
                  query={trigger.query}
                  active={place === active}
                  onChoose={onChoose}
                />
              ))}
            </Group>
          ))}
        </div>
      )}
      {isEmpty && (
        <div class="suggestions suggestions-empty" ref={list} popover={popover}>
          {t('No results')}
        </div>
      )}
    </>
  );
}

function listNames(t: (message: string) => string): Readonly<Record<'@' | '#' | '/', string>> {
  return { '@': t('Files, Folders, and Symbols'), '#': t('Context'), '/': t('Prompts') };
}

function countOf(count: number, t: ReturnType<typeof usePanel>['t']): string {
  if (count === 0) return t('No results');
  return count === 1 ? t('1 result') : t('{0} results', count);
}

interface Rows {
  readonly name: string | null;
  readonly rows: readonly { readonly option: Suggestion; readonly place: number }[];
}

function groupsOf(options: readonly Suggestion[]): readonly Rows[] {
  const places = new Map<string | null, { option: Suggestion; place: number }[]>();
  options.forEach((option, place) => {
    const rows = places.get(option.group) ?? [];
    rows.push({ option, place });
    places.set(option.group, rows);
  });
  return [...places].map(([name, rows]) => ({ name, rows }));
}

function Group({
  name,
  children,
}: {
  readonly name: string | null;
  readonly children: JSX.Element[];
}): JSX.Element {
  if (name === null) return <>{children}</>;
  return (
    <div role="group" aria-label={name}>
      <div class="suggestions-heading" aria-hidden="true">
        {name}
      </div>
      {children}
    </div>
  );
}

interface RowProps {
  readonly option: Suggestion;
  readonly place: number;
  readonly query: string;
  readonly active: boolean;
  readonly onChoose: (option: Suggestion) => void;
}

function Row({ option, place, query, active, onChoose }: RowProps): JSX.Element {
  const { label, description } = option;
  return (
    <div
      class="suggestion"
      id={suggestionId(place)}
      role="option"
      aria-selected={active}
      title={description}
      onClick={() => {
        onChoose(option);
      }}
    >
      <Icon name={option.icon} />
      <span class="suggestion-label" dir="auto">
        {markMatches(label, query).map(({ text, matched }, index) =>
          matched ? (
            <b class="suggestion-match" key={index}>
              {text}
            </b>
          ) : (
            text
          ),
        )}
      </span>
      <span class="suggestion-description" dir="auto">
        {description}
      </span>
    </div>
  );
}
