import type { JSX } from 'preact';
import { longestSystemText } from '../../shared/conversation/chatParameters';
import { usePanel } from '../state/panelParts';
import { FieldHead, type FieldProps } from './fieldHead';

const inputId = 'parameter-system-text';

/** The field of the text that is added to the system message. */
export function SystemTextField({ parameters, onChange }: FieldProps): JSX.Element {
  const { t } = usePanel();
  const { systemText } = parameters;
  return (
    <div class="parameter-field">
      <FieldHead
        inputId={inputId}
        label={t('System Text')}
        standard={t('Default')}
        isSet={systemText !== undefined}
        onReset={() => {
          onChange({}, 'systemText');
        }}
      />
      <textarea
        id={inputId}
        class="text-field"
        dir="auto"
        rows={3}
        maxLength={longestSystemText}
        placeholder={t('For example: You are a careful reviewer. Answer briefly.')}
        value={systemText ?? ''}
        aria-describedby={`${inputId}-hint`}
        onInput={(event) => {
          const { value } = event.currentTarget;
          if (value === '') onChange({}, 'systemText');
          else onChange({ systemText: value }, null);
        }}
      />
      <div class="parameter-hint" id={`${inputId}-hint`}>
        {t('Sent with every prompt of this chat, after the instructions in Settings.')}
      </div>
    </div>
  );
}
