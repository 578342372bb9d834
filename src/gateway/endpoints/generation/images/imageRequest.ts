import type { GenerationRequest } from '../../../../core/ports/generationClient';
import type { Task } from '../../../../shared/answer/task';
import { dialectOf } from '../wire/dialectOf';
import type { FormFile } from '../wire/encodeForm';
import { pictureFile } from '../wire/pictureFile';
import { belowBase, stepOf } from '../wire/belowBase';
import type { BilledRequest } from '../wire/sendBilled';

/** A picture of high quality takes up to 5 minutes, during which most gateways send nothing; in seconds. */
const silence = 360;

/** A request for pictures, or the name of an attached picture that cannot be sent. */
type ImageRequest = Omit<BilledRequest, 'onEvent'> | { readonly unreadable: string };

/**
 * The request for pictures. Settings that the user did not choose are not sent. Attached pictures make it an edit; gateways without
 * `/images/edits` get them as `image_urls`.
 */
export function imageRequest(request: GenerationRequest): ImageRequest {
  const { gateway, modelId, prompt, pictures } = request;
  const dialect = dialectOf(gateway);
  const fields = { model: modelId, prompt, ...chosenSettings(request) };
  const streams = dialect === 'openai' && /^(?:gpt-image|chatgpt-image)/.test(modelId);
  const streaming = streams ? { stream: true, partial_images: 2 } : {};
  const generations = belowBase(gateway, '/images/generations');
  if (pictures.length === 0) return { address: generations, fields: { ...fields, ...streaming }, silence };
  if (dialect === 'apimart' || dialect === 'apipod') {
    const image_urls = pictures.map(({ url }) => url);
    return { address: generations, fields: { ...fields, image_urls }, silence };
  }
  const files: (readonly [string, FormFile])[] = [];
  const mask = pictures.find((picture) => picture.mask !== undefined);
  // A mask belongs to the first picture.
  const ordered = mask === undefined ? pictures : [mask, ...pictures.filter((other) => other !== mask)];
  for (const { url, name } of ordered) {
    const file = pictureFile(url, name);
    if (file === undefined) return { unreadable: name };
    files.push([pictures.length === 1 ? 'image' : 'image[]', file]);
  }
  const maskFile = mask?.mask === undefined ? undefined : pictureFile(mask.mask, 'mask');
  if (mask !== undefined && maskFile === undefined) return { unreadable: mask.name };
  if (maskFile !== undefined) files.push(['mask', maskFile]);
  return {
    address: belowBase(gateway, '/images/edits'),
    fields: { ...fields, ...streaming },
    files,
    silence,
  };
}

/** The settings of the user under their names in requests. */
function chosenSettings({
  gateway,
  generation,
  pictures,
}: GenerationRequest): Readonly<Record<string, unknown>> {
  const { size, quality, count, background, format, style, fidelity, resolution } = generation.settings;
  const isTask = dialectOf(gateway) === 'apimart' || dialectOf(gateway) === 'apipod';
  const isRatio = size !== undefined && /^\d+:\d+$/.test(size);
  return {
    // New API accepts only the ASCII letter.
    ...(size !== undefined && { [isRatio && !isTask ? 'aspect_ratio' : 'size']: size.replaceAll('×', 'x') }),
    ...(quality !== undefined && { quality }),
    ...(count !== undefined && { n: count }),
    ...(background !== undefined && { background }),
    ...(format !== undefined && { output_format: format }),
    ...(style !== undefined && { style }),
    ...(fidelity !== undefined && pictures.length > 0 && { input_fidelity: fidelity }),
    ...(resolution !== undefined && { resolution }),
  };
}

/**
 * The task of pictures that the gateway makes later.
 *
 * @param now The time in milliseconds since the epoch.
 */
export function imageTask({ gateway }: GenerationRequest, taskId: string, now: number): Task {
  const isApipod = dialectOf(gateway) === 'apipod';
  const path = isApipod ? `/images/status/${stepOf(taskId)}` : `/tasks/${stepOf(taskId)}`;
  return {
    taskId,
    kind: 'image',
    form: 'task',
    path: `${belowBase(gateway, path)?.pathname ?? '/'}${isApipod ? '' : '?language=en'}`,
    submittedAt: now,
  };
}
