import type { generatedKinds, GenerationSettings } from './generation';

/** The values that a model takes, by the name of the setting. A model takes no setting that is absent here. */
export type GenerationChoices = {
  readonly [Name in keyof GenerationSettings]?: readonly NonNullable<GenerationSettings[Name]>[];
};

/** What a model that makes pictures, video or music can be asked for. */
export interface GenerationOffer {
  readonly kind: (typeof generatedKinds)[number];
  readonly choices: GenerationChoices;
  /** How many attached pictures it takes; null when unknown. */
  readonly mostPictures: number | null;
  /** True if it takes a mask that says which part of the first picture changes. */
  readonly takesMask?: boolean;
  /** What a model of Midjourney is for alone; absent if the user can choose it. */
  readonly mode?: NonNullable<GenerationSettings['mode']>;
}

/** Sizes of the same shape differ less than this, as a share of the ratio. */
const sameShape = 0.02;

/** Width divided by height of a size such as `1536x1024` or `16:9`; undefined for any other text. */
export function ratioOf(size: string): number | undefined {
  const [, width = '', height = ''] = /^(\d{1,5})[x×:](\d{1,5})$/.exec(size) ?? [];
  const ratio = Number(width) / Number(height);
  return ratio > 0 && Number.isFinite(ratio) ? ratio : undefined;
}

/**
 * The settings without what the model does not take. A size is replaced by one of the same shape, or else by the one that is
 * nearest among those that are as wide or as high.
 */
export function acceptedSettings(
  settings: GenerationSettings,
  choices: GenerationChoices,
): GenerationSettings {
  const names = Object.keys(settings) as (keyof GenerationSettings)[];
  const kept = names.filter((name) => choices[name]?.some((value) => value === settings[name]) === true);
  const accepted: GenerationSettings = Object.fromEntries(kept.map((name) => [name, settings[name]]));
  const size = settings.size === undefined ? undefined : sizeLike(settings.size, choices.size ?? []);
  // A JPEG has no transparency.
  if (accepted.background === 'transparent' && accepted.format === 'jpeg') delete accepted.format;
  return { ...accepted, ...(size !== undefined && { size }) };
}

function sizeLike(size: string, sizes: readonly string[]): string | undefined {
  if (sizes.includes(size)) return size;
  const wanted = ratioOf(size);
  if (wanted === undefined) return undefined;
  const [nearest] = sizes
    .flatMap((other) => {
      const ratio = ratioOf(other);
      if (ratio === undefined || shapeOf(ratio) !== shapeOf(wanted)) return [];
      return [{ other, distance: Math.abs(Math.log(ratio / wanted)) }];
    })
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.other;
}

/** 1 for wide, 0 for square, -1 for high. */
function shapeOf(ratio: number): number {
  return Math.abs(Math.log(ratio)) < sameShape ? 0 : Math.sign(Math.log(ratio));
}
