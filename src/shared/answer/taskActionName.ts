import type { Translate } from '../kit/translate';
import type { TaskAction } from './generation';

/** Midjourney's buttons by what their id contains. The number in the id, if any, is the number of the picture in the grid. */
const numbered = /^MJ::JOB::(upsample|variation)::([1-9])(?:::|$)/;

/** Whether a button enlarges or varies one of the four pictures of a grid, and which; undefined for other buttons. */
export function gridActionOf({
  customId,
}: TaskAction): { readonly kind: 'upscale' | 'variation'; readonly picture: number } | undefined {
  const [, word, picture] = numbered.exec(customId) ?? [];
  if (word === undefined) return undefined;
  return { kind: word === 'upsample' ? 'upscale' : 'variation', picture: Number(picture) };
}

/**
 * The name of a button of a finished task in the user's language. A button that Parley does not know keeps the words of the gateway;
 * one that has only an emoji is numbered.
 *
 * @param index Its index among the buttons, from 0.
 */
export function taskActionName(action: TaskAction, index: number, t: Translate): string {
  const grid = gridActionOf(action);
  if (grid !== undefined)
    return grid.kind === 'upscale' ? t('Upscale {0}', grid.picture) : t('Variation {0}', grid.picture);
  const [scope = '', job = '', part = '', value = ''] = action.customId.slice(0, 200).split('::');
  const known = scope === 'MJ' ? knownName(job, part, value, t) : undefined;
  if (known !== undefined) return known;
  const words = action.label.replaceAll(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '').trim();
  return /[\p{L}\p{N}]/u.test(words) ? words : t('Button {0}', index + 1);
}

function knownName(job: string, part: string, value: string, t: Translate): string | undefined {
  switch (job) {
    case 'Outpaint':
      if (part === '50') return t('Zoom Out 2×');
      if (part === '75') return t('Zoom Out 1.5×');
      return part === '100' ? t('Make Square') : undefined;
    case 'CustomZoom':
      return t('Custom Zoom');
    case 'Inpaint':
      return t('Vary Region');
    case 'JOB':
    case 'Job':
      if (part !== 'PromptAnalyzer' && part !== 'PicReader') return jobName(part, t);
      if (value === 'all') return t('Use All Prompts');
      return /^\d{1,2}$/.test(value) ? t('Use Prompt {0}', value) : undefined;
    default:
      return undefined;
  }
}

function jobName(job: string, t: Translate): string | undefined {
  switch (job) {
    case 'reroll':
      return t('Reroll');
    case 'low_variation':
      return t('Vary Slightly');
    case 'high_variation':
      return t('Vary Strongly');
    case 'pan_left':
      return t('Pan Left');
    case 'pan_right':
      return t('Pan Right');
    case 'pan_up':
      return t('Pan Up');
    case 'pan_down':
      return t('Pan Down');
    case 'animate_high':
      return t('Animate with Much Motion');
    case 'animate_low':
      return t('Animate with Little Motion');
    default:
      if (/^upsample_\w{0,40}_subtle$/.test(job)) return t('Upscale Subtly');
      if (/^upsample_\w{0,40}_creative$/.test(job)) return t('Upscale Creatively');
      return undefined;
  }
}
