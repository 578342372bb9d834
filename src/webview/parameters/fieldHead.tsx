import type { JSX } from 'preact';
import type { ChatParameters } from '../../shared/conversation/chatParameters';
import { usePanel } from '../state/panelParts';

/** What each field of the form gets. */
export interface FieldProps {
  readonly parameters: ChatParameters;
  /** What the settings send where the chat sets nothing. */
  readonly fromSettings: ChatParameters;
  /** @param without A field that is reset; null for none. */
  readonly onChange: (change: ChatParameters, without: keyof ChatParameters | null) => void;
}

interface FieldHeadProps {
  /** Id of the input. */
  readonly inputId: string;
  readonly label: string;
  /** What is sent where the chat sets nothing. */
  readonly standard: string;
  readonly isSet: boolean;
  readonly onReset: () => void;
}

/** The label of a field; beside it "Default", or a button that resets the field. */
export function FieldHead({ inputId, label, standard, isSet, onReset }: FieldHeadProps): JSX.Element {
  const { t } = usePanel();
  return (
    <div class="parameter-head">
      <label for={inputId}>{label}</label>
      {isSet ? (
        <button
          type="button"
          class="link-button"
          aria-label={t('Reset {0}', label)}
          onClick={() => {
            onReset();
            document.getElementById(inputId)?.focus();
          }}
        >
          {t('Reset')}
        </button>
      ) : (
        <span class="parameter-standard" id={`${inputId}-standard`}>
          {standard}
        </span>
      )}
    </div>
  );
}
