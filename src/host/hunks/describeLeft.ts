import { l10n } from 'vscode';
import type { LeftCount } from './reviewGroup';

/** How many changes are left to decide about, such as "5 changes left in 3 files". */
export function describeLeft({ changes, files }: LeftCount): string {
  if (files > 1) return l10n.t('{0} changes left in {1} files', changes, files);
  return changes === 1 ? l10n.t('1 change left') : l10n.t('{0} changes left', changes);
}
