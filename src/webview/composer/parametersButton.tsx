import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { isDefault } from '../../shared/conversation/chatParameters';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

interface ParametersButtonProps {
  /** True while the form is open. */
  readonly open: Signal<boolean>;
  readonly buttonRef: RefObject<HTMLButtonElement | null>;
}

/** The button that opens the parameters of the chat. A dot tells that some are set. */
export function ParametersButton({ open, buttonRef }: ParametersButtonProps): JSX.Element {
  const { store, t } = usePanel();
  const isSet = !isDefault(store.parameters.value);
  const label = t('Parameters');
  return (
    <button
      type="button"
      ref={buttonRef}
      class={isSet ? 'icon-button parameters-set' : 'icon-button'}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={open.value}
      title={isSet ? t('Parameters: Some are set for this chat') : label}
      onClick={() => {
        open.value = !open.peek();
      }}
    >
      <Icon name="settings" />
    </button>
  );
}
