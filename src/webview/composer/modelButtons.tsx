import type { ComponentChildren, JSX, RefObject } from 'preact';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import { gatewayNameOf, withGateway } from '../state/gatewayNameOf';
import { usePanel } from '../state/panelParts';

interface ModelButtonsProps {
  readonly compareButton: RefObject<HTMLButtonElement | null>;
}

/** The button with the model of the next prompt, `children`, and the button to compare several models. */
export function ModelButtons({
  compareButton,
  children,
}: ModelButtonsProps & { readonly children: ComponentChildren }): JSX.Element {
  const { store, post, t } = usePanel();
  const isComparing = (store.state.value?.comparison ?? []).length > 0;
  return (
    <div class="model-choice">
      {!isComparing && <ModelButton />}
      {children}
      <IconButton
        icon="git-compare"
        label={t('Compare Models')}
        hint={t('Compare Models: Send the next prompt to several models')}
        buttonRef={compareButton}
        onPress={() => {
          post('choose-comparison', {});
        }}
      />
    </div>
  );
}

/** The chip with the models of the next prompt if there are several. */
export function ComparisonChip({ compareButton }: ModelButtonsProps): JSX.Element | null {
  const { store, post, language, t } = usePanel();
  const state = store.state.value;
  const names = (state?.comparison ?? []).map(({ name, reference }) =>
    withGateway(name, gatewayNameOf(state, reference.gatewayId)),
  );
  if (names.length === 0) return null;
  const list = new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' }).format(names);
  return (
    <div class="comparison">
      <div class="chip">
        <span class="chip-text" title={names.join('\n')}>
          <span class="chip-label">{t('Comparing {0}', list)}</span>
          <span class="chip-count">{t('{0} models', names.length)}</span>
        </span>
        <button
          type="button"
          class="chip-remove"
          aria-label={t('End Comparison')}
          title={t('End Comparison')}
          onClick={() => {
            post('end-comparison', {});
            // The button itself disappears with the comparison.
            compareButton.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      </div>
    </div>
  );
}

/** The button with the model of the next prompt. */
export function ModelButton(): JSX.Element | null {
  const { store, post, t } = usePanel();
  const state = store.state.value;
  // The model is known in a moment. "Select Model" would say that there is none.
  if (state === null) return null;
  const { model } = state;
  const gateway = model === null ? undefined : gatewayNameOf(state, model.reference.gatewayId);
  return (
    <button
      type="button"
      class="model-button"
      title={
        model === null ? t('Select Model') : t('{0} at {1}. Click to change.', model.name, model.gatewayName)
      }
      onClick={() => {
        post('select-model', {});
      }}
    >
      <span class="model-button-name">{model === null ? t('Select Model') : model.name}</span>
      {gateway !== undefined && <span class="model-button-gateway">{` · ${gateway}`}</span>}
      <Icon name="chevron-down" />
    </button>
  );
}
