import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import { effortNames } from '../parameters/effortNames';
import { usePanel } from '../state/panelParts';

/** The efforts that most models know. The form of the parameters has more. */
const usual: ReadonlySet<string> = new Set(['none', 'low', 'medium', 'high']);

/**
 * The choice of how much the model thinks, beside the model. Absent for a model that does not reason. Nothing is sent until the
 * user chooses an effort.
 */
export function EffortChoice(): JSX.Element | null {
  const { store, post, t } = usePanel();
  const state = store.state.value;
  const parameters = store.parameters.value;
  const { effort } = parameters;
  const mayReason = state?.generation === undefined && state?.model?.reasoning !== false;
  if (state === null || (!mayReason && effort === undefined)) return null;
  const names = effortNames(t);
  const choices = [...names].filter(([value]) => usual.has(value) || value === effort);
  // A preset may hold a value that only its model knows.
  if (effort !== undefined && !names.has(effort)) choices.push([effort, effort]);
  const label = t('Thinking Effort');
  const { effort: fromSettings } = state.settingParameters ?? {};
  const standard =
    fromSettings === undefined
      ? t('Default')
      : t('From Settings: {0}', names.get(fromSettings) ?? fromSettings);
  return (
    <span class={effort === undefined ? 'effort-choice' : 'effort-choice effort-set'} title={label}>
      <Icon name="lightbulb" />
      <select
        aria-label={label}
        value={effort ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const changed = { ...store.parameters.peek(), effort: value };
          if (value === '') Reflect.deleteProperty(changed, 'effort');
          post('set-parameters', { parameters: changed });
        }}
      >
        <option value="">{standard}</option>
        {choices.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
