import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PresetItem } from '../../shared/messages/toView';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { describeParameters } from './describeParameters';
import { NameField } from './nameField';

interface PresetRowProps {
  readonly preset: PresetItem;
  /** True if the chat has its model and its parameters. */
  readonly isCurrent: boolean;
  readonly isDeleted: boolean;
  /** True if another preset has the name. */
  readonly isTaken: (name: string) => boolean;
  readonly onChoose: () => void;
  readonly onDelete: () => void;
}

/** A preset with its buttons, the field for its new name, or the way to undo its deletion. */
export function PresetRow(props: PresetRowProps): JSX.Element {
  const { preset, isDeleted } = props;
  const { post, t } = usePanel();
  const isRenaming = useSignal(false);
  const row = useRef<HTMLLIElement>(null);
  const shown = isDeleted ? 'deleted' : isRenaming.value ? 'renaming' : 'preset';
  const before = useRef(shown);
  useLayoutEffect(() => {
    // The focused button has disappeared with the change.
    if (before.current !== shown && shown !== 'renaming') {
      const wanted = before.current === 'renaming' ? '.preset-rename' : 'button';
      row.current?.querySelector<HTMLElement>(wanted)?.focus();
    }
    before.current = shown;
  }, [shown]);
  return (
    <li class="preset" ref={row}>
      {shown === 'renaming' && (
        <NameField
          label={t('New Name')}
          name={preset.name}
          isTaken={props.isTaken}
          onEnd={(name) => {
            isRenaming.value = false;
            if (name !== null && name !== preset.name) post('rename-preset', { id: preset.id, name });
          }}
        />
      )}
      {shown === 'deleted' && (
        <>
          <span class="preset-text">
            <span class="preset-name deleted" dir="auto">
              {preset.name}
            </span>
          </span>
          <button
            type="button"
            class="link-button"
            aria-label={t('Undo deleting {0}', preset.name)}
            onClick={() => {
              post('restore-preset', { id: preset.id });
            }}
          >
            {t('Undo')}
          </button>
        </>
      )}
      {shown === 'preset' && (
        <Preset
          {...props}
          onRename={() => {
            isRenaming.value = true;
          }}
        />
      )}
    </li>
  );
}

function Preset({
  preset,
  isCurrent,
  onChoose,
  onRename,
  onDelete,
}: PresetRowProps & { readonly onRename: () => void }): JSX.Element {
  const { t } = usePanel();
  const { name, modelName, available, parameters } = preset;
  const model = available ? modelName : t('{0} (not available)', modelName);
  const details = [model, ...describeParameters(parameters, t)].join(' · ');
  return (
    <>
      <button
        type="button"
        class="preset-open"
        title={parameters.systemText === undefined ? details : `${details}\n\n${parameters.systemText}`}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={onChoose}
      >
        {isCurrent && <Icon name="check" />}
        <span class="preset-text">
          <span class="preset-name" dir="auto">
            {name}
          </span>
          <span class="preset-details" dir="auto">
            {details}
          </span>
        </span>
      </button>
      <IconButton icon="edit" class="preset-rename" label={t('Rename {0}', name)} onPress={onRename} />
      <IconButton icon="trash" label={t('Delete {0}', name)} onPress={onDelete} />
    </>
  );
}
