import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
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
  const { temperature, effort, systemText } = store.parameters.value;
  // The settings of pictures, video and music have a form of their own.
  const isSet = temperature !== undefined || effort !== undefined || systemText !== undefined;
  const label = t('Parameters');
  return (
    <button
      type="button"
      ref={buttonRef}
      class={isSet ? 'icon-button parameters-open parameters-set' : 'icon-button parameters-open'}
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
