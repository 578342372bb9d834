import type { JSX } from 'preact';
import { usePanel } from '../state/panelParts';
import { effortNames } from './effortNames';
import { FieldHead, type FieldProps } from './fieldHead';

const inputId = 'parameter-effort';

/** The field of the reasoning effort. Nothing is sent by default, because many gateways refuse the parameter. */
export function EffortField({ parameters, fromSettings, onChange }: FieldProps): JSX.Element {
  const { t } = usePanel();
  const { effort } = parameters;
  const names = effortNames(t);
  const standard =
    fromSettings.effort === undefined
      ? t('Default')
      : t('From Settings: {0}', names.get(fromSettings.effort) ?? fromSettings.effort);
  // A preset may hold a value that only its model knows.
  const isKnown = effort === undefined || names.has(effort);
  return (
    <div class="parameter-field">
      <FieldHead
        inputId={inputId}
        label={t('Effort')}
        standard={standard}
        isSet={effort !== undefined}
        onReset={() => {
          onChange({}, 'effort');
        }}
      />
      <select
        id={inputId}
        class="text-field"
        value={effort ?? ''}
        aria-describedby={`${inputId}-hint`}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value === '') onChange({}, 'effort');
          else onChange({ effort: value }, null);
        }}
      >
        <option value="">{t('Default')}</option>
        {[...names].map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
        {!isKnown && <option value={effort}>{effort}</option>}
      </select>
      <div class="parameter-hint" id={`${inputId}-hint`}>
        {t('How much a reasoning model thinks before it answers.')}
      </div>
    </div>
  );
}
