import type { JSX } from 'preact';
import { usePanel } from '../state/panelParts';

/** A heading over a table, and the unit of the table's numbers, which a screen reader hears as the name of their column. */
export function TokenHeading({ children }: { readonly children: string }): JSX.Element {
  const { t } = usePanel();
  return (
    <div class="context-heading">
      <h3>{children}</h3>
      <span aria-hidden="true">{t('Tokens')}</span>
    </div>
  );
}
