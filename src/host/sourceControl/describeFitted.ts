import { l10n } from 'vscode';
import type { FittedChanges } from '../../core/sourceControl/fitChanges';
import type { Omission } from '../../core/sourceControl/omissionOf';
import { baseName } from '../../core/text/baseName';
import { plainText } from '../ui/plainText';

/** The most names in a sentence. */
const mostNames = 3;

/** What of the changes the model did not get, for the user: sentences; '' if it got all. */
export function describeFitted({ omitted, partial, named, total, keys }: FittedChanges): string {
  const sentences: string[] = [];
  if (omitted.length > 0) {
    const listed = omitted
      .slice(0, mostNames)
      .map(({ path, why }) => `${plainText(baseName(path))} (${labelOf(why)})`)
      .join(', ');
    const more = omitted.length - mostNames;
    sentences.push(
      more > 0 ? l10n.t('Left out: {0} and {1} more.', listed, more) : l10n.t('Left out: {0}.', listed),
    );
  }
  const cut = partial.length + named.length;
  if (cut > 0)
    sentences.push(l10n.t("{0} of {1} files didn't fit into the model's window completely.", cut, total));
  if (keys > 0) sentences.push(l10n.t('What looked like a key was replaced in {0} places.', keys));
  return sentences.join(' ');
}

/** Everything that was left out, for the log. */
export function listFitted({ omitted, partial, named }: FittedChanges): string {
  return [
    ...omitted.map(({ path, why }) => `left out (${why}): ${path}`),
    ...partial.map((path) => `in part: ${path}`),
    ...named.map((path) => `only named: ${path}`),
  ].join('\n');
}

function labelOf(why: Omission): string {
  switch (why) {
    case 'secret':
      return l10n.t('may contain secrets');
    case 'ignored':
      return l10n.t('ignored');
    case 'binary':
      return l10n.t('not text');
    case 'lock':
      return l10n.t('lock file');
    case 'generated':
      return l10n.t('generated');
  }
}
