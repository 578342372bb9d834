import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { areSameParameters } from '../../shared/conversation/chatParameters';
import type { PresetItem } from '../../shared/messages/toView';
import { usePanel } from '../state/panelParts';
import { NameField } from './nameField';
import { PresetRow } from './presetRow';

interface PresetListProps {
  readonly onChosen: () => void;
  /** Called before the parameters of the chat are stored as a preset. */
  readonly beforeSave: () => void;
}

/** The stored presets: to choose, rename and delete one, and to store the current model and parameters as another. */
export function PresetList({ onChosen, beforeSave }: PresetListProps): JSX.Element {
  const { store, post, t } = usePanel();
  const isNaming = useSignal(false);
  const wasNaming = useRef(false);
  const saveButton = useRef<HTMLButtonElement>(null);
  /** Presets that were deleted while the form is open. Their rows stay, so that the deletion can be undone. */
  const deleted = useSignal<readonly PresetItem[]>([]);
  useLayoutEffect(() => {
    if (wasNaming.current && !isNaming.value) saveButton.current?.focus();
    wasNaming.current = isNaming.value;
  }, [isNaming.value]);
  const state = store.state.value;
  const stored = state?.presets ?? [];
  const gone = deleted.value.filter(({ id }) => !stored.some((preset) => preset.id === id));
  const rows = [...stored, ...gone].toSorted((left, right) => left.name.localeCompare(right.name));
  const current = store.parameters.value;
  const isTaken = (name: string, but?: string): boolean =>
    stored.some((other) => other.id !== but && other.name.toLowerCase() === name.toLowerCase());
  return (
    <section class="presets" aria-labelledby="presets-title">
      <h3 id="presets-title">{t('Presets')}</h3>
      {rows.length === 0 ? (
        <p class="parameter-hint">
          {t('A preset stores the model and these parameters, to use them in other chats.')}
        </p>
      ) : (
        <ul class="preset-list" role="list" aria-labelledby="presets-title">
          {rows.map((preset) => (
            <PresetRow
              key={preset.id}
              preset={preset}
              isCurrent={preset.hasCurrentModel && areSameParameters(preset.parameters, current)}
              isDeleted={gone.includes(preset)}
              isTaken={(name) => isTaken(name, preset.id)}
              onChoose={() => {
                post('choose-preset', { id: preset.id });
                onChosen();
              }}
              onDelete={() => {
                deleted.value = [...deleted.value.filter(({ id }) => id !== preset.id), preset];
                post('delete-preset', { id: preset.id });
              }}
            />
          ))}
        </ul>
      )}
      {isNaming.value ? (
        <NameField
          label={t('Preset Name')}
          name=""
          isTaken={isTaken}
          onEnd={(name) => {
            isNaming.value = false;
            if (name === null) return;
            beforeSave();
            post('save-preset', { name });
          }}
        />
      ) : (
        <button
          type="button"
          ref={saveButton}
          class="button secondary"
          disabled={(state?.model ?? null) === null}
          onClick={() => {
            isNaming.value = true;
          }}
        >
          {t('Save as Preset')}
        </button>
      )}
    </section>
  );
}
