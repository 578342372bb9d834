import type { Token } from 'markdown-it';
import type { Translate } from '../../../shared/kit/translate';
import { element } from '../nodes/virtualNode';
import type { VirtualElement } from '../nodes/virtualNode';

/** The kinds of alerts on GitHub. */
type AlertKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

const icons: Readonly<Record<AlertKind, string>> = {
  note: 'codicon codicon-info',
  tip: 'codicon codicon-lightbulb',
  important: 'codicon codicon-report',
  warning: 'codicon codicon-warning',
  caution: 'codicon codicon-error',
};

/** The kind of alert whose marker is this first line of a quote; undefined for other text. */
export function alertKind(line: string): AlertKind | undefined {
  const [, name = ''] = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i.exec(line) ?? [];
  const kind = name.toLowerCase();
  return Object.hasOwn(icons, kind) ? (kind as AlertKind) : undefined;
}

/**
 * The kind of alert that begins with the token at `index`, the first token of a quote whose inline content is parsed.
 */
export function alertAt(tokens: readonly Token[], index: number): AlertKind | undefined {
  const [paragraph, content] = tokens.slice(index + 1, index + 3);
  if (
    tokens[index]?.type !== 'blockquote_open' ||
    paragraph?.type !== 'paragraph_open' ||
    content?.type !== 'inline'
  )
    return undefined;
  // A marker that is the text of a link, or that other tokens interrupt, does not count.
  const [marker, end] = content.children ?? [];
  const isAlone = marker?.type === 'text' && (end === undefined || /^(?:soft|hard)break$/.test(end.type));
  return isAlone && /^\[!\w+\]$/.test(marker.content) ? alertKind(content.content) : undefined;
}

/** Describes the frame of an alert, with its title. */
export function alertElement(kind: AlertKind, t: Translate): VirtualElement {
  const icon = element('span', { class: icons[kind], 'aria-hidden': 'true' });
  const title = element('p', { class: 'markdown-alert-title', dir: 'auto' }, [
    icon,
    { kind: 'text', text: alertTitle(kind, t) },
  ]);
  return element('div', { class: `markdown-alert alert-${kind}`, role: 'note', dir: 'auto' }, [title]);
}

function alertTitle(kind: AlertKind, t: Translate): string {
  switch (kind) {
    case 'note':
      return t('Note');
    case 'tip':
      return t('Tip');
    case 'important':
      return t('Important');
    case 'warning':
      return t('Warning');
    case 'caution':
      return t('Caution');
  }
}
