import type { GenerationRequest } from '../../../../core/ports/generationClient';
import type { Task } from '../../../../shared/answer/task';
import { belowBase, stepOf } from '../wire/belowBase';
import { dialectOf } from '../wire/dialectOf';
import { pictureFile } from '../wire/pictureFile';
import type { BilledRequest } from '../wire/sendBilled';

/** The longest time without a byte of the reply to a submission, in seconds. */
const silence = 120;

/** The forms of the endpoint for videos, by their paths below the base URL. */
type VideoPath = '/videos' | '/video/generations' | '/videos/generations';

/** The paths at which a gateway may take videos, the most usual first. */
export function videoPaths({ gateway }: GenerationRequest): readonly VideoPath[] {
  const dialect = dialectOf(gateway);
  if (dialect === 'apimart' || dialect === 'apipod') return ['/videos/generations'];
  return dialect === 'openai' ? ['/videos'] : ['/videos', '/video/generations'];
}

/** The request for a video at a path, or the name of an attached picture that cannot be sent. */
export function videoRequest(
  request: GenerationRequest,
  path: VideoPath,
): BilledRequest | { readonly unreadable: string } {
  const { gateway, modelId, prompt, pictures, generation } = request;
  const { size, seconds, resolution } = generation.settings;
  const address = belowBase(gateway, path);
  const usual = { model: modelId, prompt, ...(resolution !== undefined && { resolution }) };
  switch (path) {
    case '/videos/generations': {
      const image_urls = pictures.map(({ url }) => url);
      const fields = {
        ...usual,
        ...(seconds !== undefined && { duration: seconds }),
        ...(size !== undefined && { aspect_ratio: size }),
        ...(image_urls.length > 0 && { image_urls }),
      };
      return { address, fields, silence };
    }
    case '/video/generations': {
      const [picture] = pictures;
      const fields = {
        ...usual,
        ...(seconds !== undefined && { duration: seconds }),
        ...sizeOf(size),
        ...(picture !== undefined && { image: picture.url }),
      };
      return { address, fields, silence };
    }
    case '/videos': {
      // OpenAI takes the seconds as text.
      const fields = {
        ...usual,
        ...(seconds !== undefined && { seconds: String(seconds) }),
        ...sizeOf(size),
      };
      const [picture] = pictures;
      if (picture === undefined) return { address, fields, silence };
      const file = pictureFile(picture.url, picture.name);
      if (file === undefined) return { unreadable: picture.name };
      return { address, fields, files: [['input_reference', file]], silence };
    }
  }
}

function sizeOf(size: string | undefined): Readonly<Record<string, string>> {
  if (size === undefined) return {};
  return /^\d+:\d+$/.test(size) ? { aspect_ratio: size } : { size: size.replaceAll('×', 'x') };
}

/**
 * The task of a video.
 *
 * @param now The time in milliseconds since the epoch.
 */
export function videoTask(
  { gateway }: GenerationRequest,
  path: VideoPath,
  taskId: string,
  now: number,
): Task {
  const id = stepOf(taskId);
  const isApimart = dialectOf(gateway) === 'apimart';
  const poll =
    path !== '/videos/generations' ? `${path}/${id}` : isApimart ? `/tasks/${id}` : `/videos/status/${id}`;
  return {
    taskId,
    kind: 'video',
    form: path === '/videos/generations' ? 'task' : 'video',
    path: `${belowBase(gateway, poll)?.pathname ?? '/'}${isApimart ? '?language=en' : ''}`,
    submittedAt: now,
  };
}
