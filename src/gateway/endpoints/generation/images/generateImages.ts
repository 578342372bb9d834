import type { GenerationRequest } from '../../../../core/ports/generationClient';
import type { Ending } from '../../../../shared/answer/ending';
import { failureOf, type Call } from '../../../failures/failureOf';
import type { ReplyHead } from '../../../network/exchange';
import { mediumOf } from '../media/foundMedia';
import { fetchMedium } from '../results/fetchMedium';
import { submitTask } from '../tasks/submitTask';
import { usualForm } from '../tasks/usualForm';
import { failureOfBilledError, failureWithoutMedia } from '../wire/failureOfBilled';
import { failed, type GenerationRun } from '../wire/generationRun';
import type { ReplyContent } from '../wire/replyContent';
import { sendBilled } from '../wire/sendBilled';
import { unreadablePicture } from '../wire/unreadablePicture';
import { imageRequest, imageTask } from './imageRequest';
import { readImageReply, type ImageReply } from './readImageReply';
import { StreamedPictures } from './streamedPictures';

/**
 * Makes pictures with `/images/generations` or `/images/edits`, at once or as a task. Partial pictures of a stream become previews.
 */
export async function generateImages(run: GenerationRun, request: GenerationRequest): Promise<Ending> {
  const planned = imageRequest(request);
  if ('unreadable' in planned) return failed(unreadablePicture(request, planned.unreadable));
  const streamed = new StreamedPictures(run, request.generation.settings.count ?? 1);
  const reply = await sendBilled(run, { ...planned, onEvent: (data, type) => streamed.read(data, type) });
  if (reply.ending !== undefined) {
    // A stream that was cut may have brought all pictures before.
    const { result } = streamed;
    const { call, cutHead, ending } = reply;
    const isThere = result.kind === 'media' || result.kind === 'error';
    if (cutHead === undefined || !isThere) return ending;
    return await conclude(run, request, { call, head: cutHead }, result);
  }
  const { call, head, content } = reply;
  if (content.form === 'html') return failed(failureOf(call, 'not-an-api', { status: head.status }));
  if (content.bytes !== undefined) {
    run.parts.add({ kind: 'media', media: mediumOf(content.bytes, {}, 'image/*') });
    return { outcome: 'completed', finishReason: null };
  }
  return await conclude(run, request, { call, head }, resultOf(content, streamed));
}

function resultOf(content: ReplyContent, streamed: StreamedPictures): ImageReply {
  return content.form === 'events' ? streamed.result : readImageReply(content.text);
}

async function conclude(
  run: GenerationRun,
  request: GenerationRequest,
  { call, head }: { readonly call: Call; readonly head: ReplyHead },
  result: ImageReply,
): Promise<Ending> {
  switch (result.kind) {
    case 'task':
      return await submitTask(run, imageTask(request, result.taskId, run.tools.now()), usualForm);
    case 'error':
      return failed(failureOfBilledError(call, result.error, head));
    case 'nothing':
      return failed(failureWithoutMedia(call, head, result.words));
    case 'media': {
      const { media, usage } = result;
      const fetched = await Promise.all(media.map((found) => fetchMedium(run, found, 'image')));
      const pictures = fetched.filter((medium) => medium !== undefined);
      if (usage !== undefined) run.parts.add({ kind: 'usage', usage });
      for (const picture of pictures) run.parts.add({ kind: 'media', media: picture });
      if (run.signal.aborted) return { outcome: 'cancelled' };
      if (pictures.length === 0) return failed(failureWithoutMedia(call, head, ''));
      return { outcome: 'completed', finishReason: null };
    }
  }
}
