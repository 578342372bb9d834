import type { GenerationRequest } from '../../../../core/ports/generationClient';
import { modalAction } from '../../../../shared/answer/generation';
import type { Task } from '../../../../shared/answer/task';
import { belowBase, besideBase, stepOf } from '../wire/belowBase';
import { dialectOf } from '../wire/dialectOf';
import type { BilledRequest } from '../wire/sendBilled';
import { maskForMidjourney } from './maskForMidjourney';

/** The longest time without a byte of the reply to a submission, in seconds. */
const silence = 60;

/** A request to Midjourney, the name of a picture or a mask that cannot be sent, or a mode that the gateway does not have. */
type MidjourneyRequest = BilledRequest | { readonly unreadable: string } | { readonly missingMode: string };

/** The request to Midjourney: through `/mj/submit/…`, or in the form of APIMart. */
export function midjourneyRequest(request: GenerationRequest): MidjourneyRequest {
  return dialectOf(request.gateway) === 'apimart' ? apimartRequest(request) : usualRequest(request);
}

function usualRequest(request: GenerationRequest): MidjourneyRequest {
  const { gateway, generation, modelId, prompt, pictures } = request;
  const { speed, mode = 'imagine', size, motion } = generation.settings;
  const root = speed === undefined ? '/mj' : `/mj-${speed}/mj`;
  const to = (path: string, fields: Readonly<Record<string, unknown>>): BilledRequest => ({
    address: besideBase(gateway, `${root}/${path}`),
    fields,
    silence,
  });
  const { action } = generation;
  if (action?.customId === modalAction.customId) {
    const masked = pictures.find(({ mask }) => mask !== undefined);
    const mask = masked?.mask === undefined ? undefined : maskForMidjourney(masked.mask);
    if (masked !== undefined && mask === undefined) return { unreadable: masked.name };
    return to('submit/modal', {
      taskId: action.taskId,
      prompt,
      ...(mask !== undefined && { maskBase64: mask }),
    });
  }
  if (action !== undefined)
    return to('submit/action', { taskId: action.taskId, customId: action.customId, chooseSameChannel: true });
  const botType = modelId.toLowerCase().includes('niji') ? 'NIJI_JOURNEY' : 'MID_JOURNEY';
  const contents = pictures.filter(({ url }) => url.startsWith('data:image/'));
  const links = pictures.filter(({ url }) => /^https?:/i.test(url));
  const unreadable = pictures.find((picture) => !contents.includes(picture) && !links.includes(picture));
  if (unreadable !== undefined) return { unreadable: unreadable.name };
  const base64Array = contents.map(({ url }) => url);
  const [first] = pictures;
  switch (mode) {
    case 'imagine':
      // Midjourney takes links to pictures at the beginning of a prompt.
      return to('submit/imagine', {
        prompt: [...links.map(({ url }) => url), withRatio(prompt, size)].join(' '),
        botType,
        base64Array,
      });
    case 'blend':
      if (links[0] !== undefined || base64Array.length < 2) return { unreadable: links[0]?.name ?? '' };
      return to('submit/blend', { base64Array, botType, ...dimensionsOf(size) });
    case 'describe': {
      if (first === undefined) return { unreadable: '' };
      const isHere = first.url.startsWith('data:');
      return to('submit/describe', { [isHere ? 'base64' : 'link']: first.url, botType });
    }
    case 'shorten':
      return to('submit/shorten', { prompt, botType });
    case 'edits':
      if (first === undefined) return { unreadable: '' };
      return to('submit/edits', { prompt: withRatio(prompt, size), image: first.url });
    case 'video':
      if (first === undefined) return { unreadable: '' };
      return to('submit/video', { prompt, image: first.url, ...(motion !== undefined && { motion }) });
    case 'swap-face': {
      const [source, target] = base64Array;
      if (source === undefined || target === undefined) return { unreadable: links[0]?.name ?? '' };
      return to('insight-face/swap', { sourceBase64: source, targetBase64: target });
    }
  }
}

/** The prompt with the ratio as `--ar`, unless it has one. */
function withRatio(prompt: string, size: string | undefined): string {
  const isRatio = size !== undefined && /^\d+:\d+$/.test(size);
  return isRatio && !/(?:--|—)(?:ar|aspect)\b/i.test(prompt) ? `${prompt} --ar ${size}` : prompt;
}

function dimensionsOf(size: string | undefined): { readonly dimensions?: string } {
  const [, width, height] = /^(\d+)\D(\d+)$/.exec(size ?? '') ?? [];
  if (width === undefined || height === undefined) return {};
  const ratio = Number(width) / Number(height);
  return { dimensions: ratio > 1 ? 'LANDSCAPE' : ratio < 1 ? 'PORTRAIT' : 'SQUARE' };
}

/** What APIMart calls the buttons, by their ids. The first match counts. */
const operations: readonly (readonly [RegExp, string])[] = [
  [/::upsample/, 'upscale'],
  [/::high_variation/, 'high-variation'],
  [/::low_variation/, 'low-variation'],
  [/::variation/, 'variation'],
  [/::reroll/, 'reroll'],
  [/::pan_/, 'pan'],
  [/Outpaint|CustomZoom|zoom/i, 'zoom'],
  [/Inpaint/i, 'inpaint'],
  [/animate/, 'video'],
];

function apimartRequest(request: GenerationRequest): MidjourneyRequest {
  const { gateway, generation, prompt, pictures } = request;
  const { speed, mode = 'imagine', size, motion } = generation.settings;
  const to = (operation: string, fields: Readonly<Record<string, unknown>>): BilledRequest => ({
    address: belowBase(gateway, `/midjourney/generations/${operation}`),
    fields,
    silence,
  });
  const { action } = generation;
  const masked = pictures.find(({ mask }) => mask !== undefined);
  // APIMart does not document how it takes a mask, and a change of the whole picture would be billed.
  if (masked !== undefined) return { unreadable: masked.name };
  if (action?.customId === modalAction.customId) return to('modal', { task_id: action.taskId, prompt });
  if (action !== undefined) {
    const operation = operations.find(([id]) => id.test(action.customId))?.[1] ?? 'upscale';
    return to(operation, { task_id: action.taskId, custom_id: action.customId });
  }
  if (mode === 'shorten' || mode === 'swap-face') return { missingMode: mode };
  const image_urls = pictures.map(({ url }) => url);
  if (mode !== 'imagine' && image_urls.length === 0) return { unreadable: '' };
  return to(mode, {
    ...(mode !== 'describe' && mode !== 'blend' && { prompt }),
    ...(size !== undefined && mode !== 'describe' && mode !== 'video' && { size }),
    ...(motion !== undefined && mode === 'video' && { motion }),
    ...(speed !== undefined && { speed }),
    ...(image_urls.length > 0 && { image_urls }),
  });
}

/**
 * The task of an accepted submission.
 *
 * @param now The time in milliseconds since the epoch.
 */
export function midjourneyTask(
  { gateway, generation }: GenerationRequest,
  taskId: string,
  now: number,
): Task {
  const id = stepOf(taskId);
  const form = generation.action?.customId === modalAction.customId ? 'midjourney-modal' : 'midjourney';
  const url =
    dialectOf(gateway) === 'apimart'
      ? belowBase(gateway, `/midjourney/${id}`)
      : besideBase(gateway, `/mj/task/${id}/fetch`);
  return { taskId, kind: 'midjourney', form, path: url?.pathname ?? '/', submittedAt: now };
}

/** Where New API serves the picture of a task, for networks that cannot reach Discord; undefined for other gateways. */
export function midjourneyContentPath({ path }: Task): string | undefined {
  const [, root, id] = /^(.{0,1000}\/mj)\/task\/([^/]{1,600})\/fetch$/.exec(path) ?? [];
  return root === undefined || id === undefined ? undefined : `${root}/image/${id}`;
}
