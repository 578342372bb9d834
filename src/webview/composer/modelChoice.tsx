import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../icon';
import { IconButton } from '../iconButton';
import { usePanel } from '../panelContext';

/** Which model, or which models side by side, the next prompt goes to. */
export function ModelChoice(): JSX.Element {
  const { store, post, t } = usePanel();
  const compareButton = useRef<HTMLButtonElement>(null);
  const compared = store.state.value?.comparison ?? [];
  return (
    <div class="model-choice">
      {compared.length === 0 ? (
        <ModelButton />
      ) : (
        <Comparison
          names={compared.map((model) => model.name)}
          onEnd={() => {
            post('end-comparison', {});
            // Its own place goes away with the comparison.
            compareButton.current?.focus();
          }}
        />
      )}
      <IconButton
        icon="git-compare"
        label={t('Compare Models')}
        hint={t('Compare Models: the next prompt goes to several at once')}
        buttonRef={compareButton}
        onPress={() => {
          post('choose-comparison', {});
        }}
      />
    </div>
  );
}

function ModelButton(): JSX.Element {
  const { store, post, t } = usePanel();
  const model = store.state.value?.model ?? null;
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
      <Icon name="chevron-down" />
    </button>
  );
}

interface ComparisonProps {
  readonly names: readonly string[];
  readonly onEnd: () => void;
}

function Comparison({ names, onEnd }: ComparisonProps): JSX.Element {
  const { language, t } = usePanel();
  const list = new Intl.ListFormat(language, { style: 'narrow', type: 'unit' }).format(names);
  return (
    <div class="chip comparison">
      <span class="chip-text" title={names.join('\n')}>
        <span class="chip-label">{t('Comparing {0}', list)}</span>
      </span>
      <button
        type="button"
        class="chip-remove"
        aria-label={t('End Comparison')}
        title={t('End Comparison')}
        onClick={onEnd}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
