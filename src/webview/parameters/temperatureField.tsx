import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { usePanel } from '../state/panelParts';
import { FieldHead, type FieldProps } from './fieldHead';

const inputId = 'parameter-temperature';
const highest = 2;

/** The field of the temperature: a number from 0 to 2, or nothing. */
export function TemperatureField({ parameters, fromSettings, onChange }: FieldProps): JSX.Element {
  const { t } = usePanel();
  /** What is typed while it is no valid temperature; null otherwise. */
  const invalid = useSignal<string | null>(null);
  const { temperature } = parameters;
  const text = temperature === undefined ? '' : String(temperature);
  const reset = (): void => {
    invalid.value = null;
    onChange({}, 'temperature');
  };
  const take = (input: HTMLInputElement): void => {
    const value = input.valueAsNumber;
    // The browser reports a half-typed number such as "-" as an empty text.
    const isEmpty = input.value === '' && !input.validity.badInput;
    if (isEmpty) reset();
    else if (value >= 0 && value <= highest) {
      invalid.value = null;
      onChange({ temperature: value }, null);
    } else invalid.value = input.value;
  };
  const hasProblem = invalid.value !== null;
  return (
    <div class="parameter-field">
      <FieldHead
        inputId={inputId}
        label={t('Temperature')}
        standard={
          fromSettings.temperature === undefined
            ? t('Default')
            : t('From Settings: {0}', String(fromSettings.temperature))
        }
        isSet={temperature !== undefined || hasProblem}
        onReset={reset}
      />
      <input
        id={inputId}
        class="text-field"
        type="number"
        min={0}
        max={highest}
        step={0.1}
        value={invalid.value ?? text}
        aria-invalid={hasProblem}
        aria-describedby={hasProblem ? `${inputId}-problem` : `${inputId}-hint`}
        onInput={(event) => {
          take(event.currentTarget);
        }}
      />
      {hasProblem ? (
        <div class="parameter-problem" id={`${inputId}-problem`} role="alert">
          {t('Enter a number from 0 to {0}.', highest)}
        </div>
      ) : (
        <div class="parameter-hint" id={`${inputId}-hint`}>
          {t('Lower values give more predictable answers.')}
        </div>
      )}
    </div>
  );
}
