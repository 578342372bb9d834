import type { JSX } from 'preact';
import { usePanel } from '../state/panelParts';

/** The button that continues the chat with one of several answers. */
export function PickButton({ id }: { readonly id: string }): JSX.Element {
  const { post, focusAfterSwitch, t } = usePanel();
  return (
    <button
      type="button"
      class="button secondary pick"
      onClick={() => {
        // The answers disappear, and the version buttons of the same answer get the focus.
        focusAfterSwitch.expect(id, 'next');
        post('pick-answer', { id });
      }}
    >
      {t('Use This Answer')}
    </button>
  );
}
