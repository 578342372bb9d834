import type { GenerationSettings } from './generation';
import type { GenerationChoices, GenerationOffer } from './generationOffer';

/** What a request for pictures, video or music is made from. */
export interface TakenInput {
  /** Fewest and most attached pictures; null when the most is unknown. */
  readonly leastPictures: number;
  readonly mostPictures: number | null;
  readonly text: 'needed' | 'optional' | 'none';
}

const midjourney: Readonly<Record<NonNullable<GenerationSettings['mode']>, TakenInput>> = {
  imagine: { leastPictures: 0, mostPictures: null, text: 'needed' },
  blend: { leastPictures: 2, mostPictures: 5, text: 'none' },
  describe: { leastPictures: 1, mostPictures: 1, text: 'none' },
  shorten: { leastPictures: 0, mostPictures: 0, text: 'needed' },
  edits: { leastPictures: 1, mostPictures: 1, text: 'needed' },
  video: { leastPictures: 1, mostPictures: 1, text: 'optional' },
  'swap-face': { leastPictures: 2, mostPictures: 2, text: 'none' },
};

/** What a model takes with these settings. */
export function takenInput(offer: GenerationOffer, settings: GenerationSettings): TakenInput {
  if (offer.kind === 'midjourney') return midjourney[modeOf(offer, settings)];
  return { leastPictures: 0, mostPictures: offer.mostPictures, text: 'needed' };
}

/** What Midjourney does: what its model is for alone, else what the user chose. */
export function modeOf(
  { mode, choices }: GenerationOffer,
  settings: GenerationSettings,
): NonNullable<GenerationSettings['mode']> {
  const chosen = choices.mode?.find((one) => one === settings.mode);
  return mode ?? chosen ?? 'imagine';
}

/** The shapes that Midjourney's blend knows: square, landscape and portrait. */
const blendSizes = ['1:1', '3:2', '2:3'];
const modesWithSize: ReadonlySet<GenerationSettings['mode']> = new Set(['imagine', 'blend', 'edits']);

/** What can be chosen with these settings: some choices belong to one mode of Midjourney. */
export function choicesFor(offer: GenerationOffer, settings: GenerationSettings): GenerationChoices {
  if (offer.kind !== 'midjourney') return offer.choices;
  const mode = modeOf(offer, settings);
  const { size, motion, ...others } = offer.choices;
  const sizes = mode === 'blend' ? blendSizes : size;
  return {
    ...others,
    ...(size !== undefined && sizes !== undefined && modesWithSize.has(mode) && { size: sizes }),
    ...(motion !== undefined && mode === 'video' && { motion }),
  };
}
