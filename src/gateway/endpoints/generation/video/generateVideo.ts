import type { GenerationRequest } from '../../../../core/ports/generationClient';
import type { Ending } from '../../../../shared/answer/ending';
import { failureOf } from '../../../failures/failureOf';
import { submitTaskOf } from '../tasks/submitTask';
import { usualForm } from '../tasks/usualForm';
import { failed, type GenerationRun } from '../wire/generationRun';
import { sendBilled } from '../wire/sendBilled';
import { unreadablePicture } from '../wire/unreadablePicture';
import { videoForm } from './videoForm';
import { videoPaths, videoRequest, videoTask } from './videoRequest';

/** Submits a video, and watches its task. Tries the next path only if the gateway does not have the one before. */
export async function generateVideo(run: GenerationRun, request: GenerationRequest): Promise<Ending> {
  const { gateway, modelId } = request;
  let ending: Ending = failed(
    failureOf({ gateway, modelId, url: gateway.baseUrl, secrets: [] }, 'endpoint-missing'),
  );
  for (const path of videoPaths(request)) {
    const planned = videoRequest(request, path);
    if ('unreadable' in planned) return failed(unreadablePicture(request, planned.unreadable));
    const reply = await sendBilled(run, planned);
    if (reply.ending?.outcome === 'failed' && reply.ending.failure.kind === 'endpoint-missing') {
      ending = reply.ending;
      continue;
    }
    const form = path === '/videos/generations' ? usualForm : videoForm;
    return await submitTaskOf(run, reply, {
      work: 'video',
      form,
      taskOf: (id) => videoTask(request, path, id, run.tools.now()),
    });
  }
  return ending;
}
