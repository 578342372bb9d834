import type { JSX } from 'preact';
import type { GenerationSettings } from '../../shared/answer/generation';
import { ratioOf, type GenerationChoices } from '../../shared/answer/generationOffer';
import { usePanel } from '../state/panelParts';
import {
  fieldName,
  optionFields,
  pixelsOf,
  ratioName,
  sizeName,
  unsetName,
  valueName,
  type OptionField,
} from './describeSettings';

interface OptionFieldsProps {
  readonly choices: GenerationChoices;
  readonly settings: GenerationSettings;
  readonly hasPictures: boolean;
  readonly onChange: (settings: GenerationSettings) => void;
}

/** The fields that the model takes. */
export function OptionFields({ choices, settings, hasPictures, onChange }: OptionFieldsProps): JSX.Element {
  const { t } = usePanel();
  const set = <Name extends keyof GenerationSettings>(
    name: Name,
    value: GenerationSettings[Name] | undefined,
  ): void => {
    const next = { ...settings };
    if (value === undefined) Reflect.deleteProperty(next, name);
    else next[name] = value;
    onChange(next);
  };
  const fields = optionFields.filter((field) => field !== 'mode' && (field !== 'fidelity' || hasPictures));
  return (
    <>
      {choices.mode !== undefined && (
        // First, because the other fields depend on it.
        <OptionList
          field="mode"
          values={choices.mode}
          chosen={settings.mode}
          onChange={(value) => {
            set(
              'mode',
              choices.mode?.find((mode) => mode === value),
            );
          }}
        />
      )}
      {choices.size !== undefined && (
        <SizeField
          sizes={choices.size}
          chosen={settings.size}
          onChange={(size) => {
            set('size', size);
          }}
        />
      )}
      <div class="option-grid">
        {fields.map((field) => {
          const values = valuesOf(choices, settings, field);
          if (values.length === 0) return null;
          return (
            <OptionList
              key={field}
              field={field}
              values={values}
              chosen={settings[field]}
              onChange={(value) => {
                set(field, value);
              }}
            />
          );
        })}
      </div>
      {choices.instrumental !== undefined && (
        <label class="option-check">
          <input
            type="checkbox"
            checked={settings.instrumental === true}
            onChange={(event) => {
              set('instrumental', event.currentTarget.checked ? true : undefined);
            }}
          />
          {t('Without singing')}
        </label>
      )}
    </>
  );
}

/** A JPEG has no transparency. */
function valuesOf(
  choices: GenerationChoices,
  { background }: GenerationSettings,
  field: OptionField,
): readonly (string | number)[] {
  const values: readonly (string | number)[] = choices[field] ?? [];
  return field === 'format' && background === 'transparent'
    ? values.filter((value) => value !== 'jpeg')
    : values;
}

interface SizeFieldProps {
  readonly sizes: readonly string[];
  readonly chosen: string | undefined;
  readonly onChange: (size: string | undefined) => void;
}

/** The sizes as shapes. The arrow keys move between them. */
function SizeField({ sizes, chosen, onChange }: SizeFieldProps): JSX.Element {
  const { t } = usePanel();
  return (
    <fieldset class="size-field">
      <legend>{t('Size')}</legend>
      <div class="sizes">
        {[undefined, ...sizes].map((size) => (
          <label
            key={size ?? ''}
            class="size"
            title={size === undefined ? t('Automatic') : sizeName(size, t)}
          >
            <input
              type="radio"
              name="generation-size"
              class="visually-hidden"
              aria-label={size === undefined ? t('Automatic') : sizeName(size, t)}
              checked={size === chosen}
              onChange={() => {
                onChange(size);
              }}
            />
            <span class="size-shape" aria-hidden="true">
              <Shape ratio={size === undefined ? null : (ratioOf(size) ?? 1)} />
            </span>
            <span class="size-name" aria-hidden="true">
              {size === undefined ? t('Automatic') : ratioName(size)}
              {size !== undefined && <span class="size-pixels">{pixelsOf(size)}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const longSide = 26;

/** The outline of a ratio; a dashed square when there is none. */
function Shape({ ratio }: { readonly ratio: number | null }): JSX.Element {
  const width = ratio === null ? 18 : ratio > 1 ? longSide : longSide * ratio;
  const height = ratio === null ? 18 : ratio > 1 ? longSide / ratio : longSide;
  return (
    <svg width="28" height="28" viewBox="-14 -14 28 28">
      <rect
        x={-width / 2}
        y={-height / 2}
        width={width}
        height={height}
        rx="2"
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-dasharray={ratio === null ? '3 2' : undefined}
      />
    </svg>
  );
}

interface OptionListProps {
  readonly field: OptionField;
  readonly values: readonly (string | number)[];
  readonly chosen: string | number | undefined;
  readonly onChange: (value: string | number | undefined) => void;
}

function OptionList({ field, values, chosen, onChange }: OptionListProps): JSX.Element {
  const { t } = usePanel();
  const id = `generation-${field}`;
  return (
    <div class="parameter-field">
      <label for={id}>{fieldName(field, t)}</label>
      <select
        id={id}
        class="text-field"
        value={chosen === undefined ? '' : String(chosen)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange(values.find((one) => String(one) === value));
        }}
      >
        <option value="">{unsetName(field, t)}</option>
        {values.map((value) => (
          <option key={value} value={String(value)}>
            {valueName(field, value, t)}
          </option>
        ))}
      </select>
    </div>
  );
}
