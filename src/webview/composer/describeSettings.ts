import type { GenerationSettings } from '../../shared/answer/generation';
import { ratioOf } from '../../shared/answer/generationOffer';
import type { Translate } from '../../shared/kit/translate';

/** The settings with one value of a list, in the order of the form. */
export const optionFields = [
  'mode',
  'motion',
  'speed',
  'quality',
  'resolution',
  'seconds',
  'count',
  'background',
  'format',
  'style',
  'fidelity',
] as const;

/** A setting with one value of a list. */
export type OptionField = (typeof optionFields)[number];

/** The name of a setting. */
export function fieldName(field: OptionField, t: Translate): string {
  switch (field) {
    case 'mode':
      return t('Task');
    case 'motion':
      return t('Motion');
    case 'speed':
      return t('Speed');
    case 'quality':
      return t('Quality');
    case 'resolution':
      return t('Resolution');
    case 'seconds':
      return t('Length');
    case 'count':
      return t('Number');
    case 'background':
      return t('Background');
    case 'format':
      return t('Format');
    case 'style':
      return t('Style');
    case 'fidelity':
      return t('Likeness to the Attached Picture');
  }
}

/** What is meant when nothing is chosen, and so nothing is sent. */
export function unsetName(field: OptionField, t: Translate): string {
  return field === 'mode' ? t('Make pictures from the prompt') : t('Automatic');
}

/** The name of a value. A value that has no name is shown as it is sent. */
export function valueName(field: OptionField, value: string | number, t: Translate): string {
  if (field === 'seconds') return t('{0} s', String(value));
  if (field === 'format' || field === 'resolution') return String(value).toUpperCase();
  return valueNames(t).get(String(value)) ?? String(value);
}

function valueNames(t: Translate): ReadonlyMap<string, string> {
  return new Map([
    ['low', t('Low')],
    ['medium', t('Medium')],
    ['high', t('High')],
    ['standard', t('Standard')],
    ['hd', t('HD')],
    ['transparent', t('Transparent')],
    ['opaque', t('Opaque')],
    ['vivid', t('Vivid')],
    ['natural', t('Natural')],
    ['relax', t('Relaxed')],
    ['fast', t('Fast')],
    ['turbo', t('Turbo')],
    ['blend', t('Blend the attached pictures')],
    ['describe', t('Describe the attached picture')],
    ['shorten', t('Shorten the prompt')],
    ['edits', t('Edit the attached picture')],
    ['video', t('Animate the attached picture')],
    ['swap-face', t('Put the first face on the second')],
  ]);
}

/** A ratio such as "3:2" for a size. A ratio that has no short form is rounded, such as "1.83:1". */
export function ratioName(size: string): string {
  const ratio = ratioOf(size);
  if (ratio === undefined) return size;
  for (let height = 1; height <= 16; height += 1) {
    const width = ratio * height;
    if (Math.round(width) <= 21 && Math.abs(width - Math.round(width)) < 0.01)
      return `${Math.round(width)}:${height}`;
  }
  return `${ratio.toFixed(2)}:1`;
}

/** The name of a size for a screen reader, such as "Landscape 3:2, 1536 × 1024". */
export function sizeName(size: string, t: Translate): string {
  const ratio = ratioOf(size) ?? 1;
  const name = ratioName(size);
  const shape =
    ratio > 1 ? t('Landscape {0}', name) : ratio < 1 ? t('Portrait {0}', name) : t('Square {0}', name);
  const pixels = pixelsOf(size);
  return pixels === '' ? shape : `${shape}, ${pixels}`;
}

/** "1536 × 1024"; empty for a ratio. */
export function pixelsOf(size: string): string {
  return size.includes(':') ? '' : size.replace('x', ' × ');
}

/** What is chosen, in a few words each; empty when everything is left to the model. */
export function describeSettings(settings: GenerationSettings, t: Translate): readonly string[] {
  return [
    ...(settings.size === undefined ? [] : [ratioName(settings.size)]),
    ...optionFields.flatMap((field) => {
      const value = settings[field];
      if (value === undefined) return [];
      return [field === 'count' ? t('{0} pictures', value) : valueName(field, value, t)];
    }),
    ...(settings.instrumental === true ? [t('Without singing')] : []),
  ];
}
