import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Place {
  readonly id: string;
  readonly item: number;
  readonly button: number;
}

/**
 * Keeps the focus when the focused item of a list is removed: it moves to the same button of the next item, or to the
 * input with the id `inputId` after the last one. `ids` are the ids of the items, which are the children of the list.
 */
export function useKeptFocus(ids: readonly string[], inputId: string): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  // Read before the page changes, because afterwards the focus is lost.
  const place = placeOfFocus(list.current, useRef<readonly string[]>(ids), ids);
  useLayoutEffect(() => {
    if (place === null || ids.includes(place.id)) return;
    const item = list.current?.children[place.item];
    const buttons = item === undefined ? [] : [...item.querySelectorAll('button')];
    (buttons[place.button] ?? buttons[0] ?? document.getElementById(inputId))?.focus();
  });
  return list;
}

function placeOfFocus(
  list: HTMLElement | null,
  shown: { current: readonly string[] },
  ids: readonly string[],
): Place | null {
  const before = shown.current;
  shown.current = ids;
  const focused = document.activeElement;
  if (list === null || focused === null || !list.contains(focused)) return null;
  const item = [...list.children].findIndex((child) => child.contains(focused));
  const id = before[item];
  if (id === undefined) return null;
  const button = [...(list.children[item]?.querySelectorAll('button') ?? [])].findIndex(
    (candidate) => candidate === focused,
  );
  return { id, item, button };
}
