import type { Translate } from '../../../shared/kit/translate';
import { isFootnoteNumber } from '../parse/addFootnotes';
import { withNumberRoom } from './withNumberRoom';

/**
 * Arranges the footnotes of a complete document: in the order of their first references, in a section at the end, with
 * links back to the text. They are numbered in this order, unless all labels are numbers; then each footnote keeps its
 * label. A reference without a footnote stays a raised number, or becomes plain text again. Footnotes without a
 * reference come last.
 */
export function arrangeFootnotes(root: HTMLElement, t: Translate): void {
  const references = [...root.querySelectorAll<HTMLElement>('.footnote-reference')];
  const definitions = [...root.querySelectorAll<HTMLElement>('.footnote-definition')];
  const byLabel = new Map(definitions.toReversed().map((definition) => [labelOf(definition), definition]));
  const kept = references.filter((reference) => {
    const isKept = byLabel.has(labelOf(reference));
    if (!isKept && isFootnoteNumber(labelOf(reference))) reference.replaceChildren(labelOf(reference));
    else if (!isKept) reference.replaceWith(reference.dataset['source'] ?? '');
    return isKept;
  });
  if (definitions.length === 0) return;
  const keptByLabel = groupBy(kept, labelOf);
  const list = document.createElement('ol');
  const ordered = inOrder(kept, definitions, byLabel);
  const labels = ordered.map(labelOf);
  const keepsNumbers = labels.every(isFootnoteNumber) && new Set(labels).size === labels.length;
  ordered.forEach((definition, index) => {
    const label = labelOf(definition);
    const own = byLabel.get(label) === definition ? (keptByLabel.get(label) ?? []) : [];
    const value = keepsNumbers ? Number(label) : index + 1;
    for (const reference of own) number(reference, value, t);
    const item = createItem(definition, own.length, t);
    if (value !== index + 1) item.value = value;
    list.append(item);
  });
  const last = keepsNumbers ? Math.max(...labels.map(Number)) : ordered.length;
  list.className = withNumberRoom('', String(last), 1);
  const section = document.createElement('section');
  section.className = 'footnotes';
  section.setAttribute('aria-label', t('Footnotes'));
  section.append(list);
  root.append(section);
}

/**
 * The definitions in the order of their first references. References in the text come before references in footnotes.
 */
function inOrder(
  references: readonly HTMLElement[],
  definitions: readonly HTMLElement[],
  byLabel: ReadonlyMap<string, HTMLElement>,
): HTMLElement[] {
  const order = new Set<HTMLElement>();
  const byHolder = groupBy(references, (reference) => reference.closest('.footnote-definition'));
  const visit = (holder: Element | null): void => {
    for (const reference of byHolder.get(holder) ?? []) {
      const definition = byLabel.get(labelOf(reference));
      if (definition !== undefined) order.add(definition);
    }
  };
  visit(null);
  // The loop also visits items that it adds to the set.
  for (const definition of order) visit(definition);
  for (const definition of definitions) order.add(definition);
  return [...order];
}

/** Computed once, because comparing a thousand footnotes with a thousand references each would be slow. */
function groupBy<Key>(
  elements: readonly HTMLElement[],
  keyOf: (element: HTMLElement) => Key,
): ReadonlyMap<Key, readonly HTMLElement[]> {
  const groups = new Map<Key, HTMLElement[]>();
  for (const element of elements) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  return groups;
}

function number(reference: HTMLElement, value: number, t: Translate): void {
  const holder = reference.firstElementChild ?? reference;
  holder.textContent = String(value);
  if (holder !== reference) holder.setAttribute('aria-label', t('Footnote {0}', value));
}

function createItem(definition: HTMLElement, referenceCount: number, t: Translate): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'footnote';
  item.dir = 'auto';
  item.tabIndex = -1;
  item.dataset['label'] = labelOf(definition);
  item.append(...definition.childNodes);
  definition.remove();
  const last = item.lastElementChild;
  const holder = last?.localName === 'p' ? last : item;
  for (let index = 0; index < referenceCount; index += 1) holder.append(' ', createBackLink(index, t));
  return item;
}

function createBackLink(index: number, t: Translate): HTMLElement {
  const link = document.createElement('a');
  link.className = 'footnote-back';
  link.setAttribute('href', '#');
  link.setAttribute('aria-label', t('Back to the Text'));
  link.title = t('Back to the Text');
  link.dataset['index'] = String(index);
  // The variation selector prevents an emoji.
  link.textContent = '↩\uFE0E';
  return link;
}

/** Follows a link between text and footnote by moving the focus. Returns false if `link` is not such a link. */
export function followFootnote(link: Element, root: HTMLElement): boolean {
  const reference = link.closest<HTMLElement>('.footnote-reference');
  if (reference !== null) {
    focus(withLabel(root, '.footnote, .footnote-definition', labelOf(reference))[0]);
    return true;
  }
  const item = link.closest<HTMLElement>('.footnote');
  if (!(link instanceof HTMLElement) || !link.classList.contains('footnote-back') || item === null)
    return false;
  const index = Number(link.dataset['index']);
  focus(withLabel(root, '.footnote-reference', labelOf(item))[index]?.querySelector('a'));
  return true;
}

function withLabel(root: HTMLElement, selector: string, label: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)].filter((element) => labelOf(element) === label);
}

function focus(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}

function labelOf(element: HTMLElement): string {
  return element.dataset['label'] ?? '';
}
