import type { GenerationRequest } from '../../../../core/ports/generationClient';
import type { Ending } from '../../../../shared/answer/ending';
import { parseReply } from '../../../json/parseReply';
import { readSubmission } from '../tasks/readSubmission';
import { submitTask } from '../tasks/submitTask';
import { failureWithoutMedia } from '../wire/failureOfBilled';
import { failed, useSecretHeader, type GenerationRun } from '../wire/generationRun';
import { sendBilled, type BilledReply, type BilledRequest } from '../wire/sendBilled';
import { unreadablePicture } from '../wire/unreadablePicture';
import { failureOfMidjourney } from './failureOfMidjourney';
import { midjourneyForm } from './midjourneyForm';
import { midjourneyRequest, midjourneyTask } from './midjourneyRequest';
import { readMidjourneySubmission } from './readMidjourneySubmission';

/** Submits a task to Midjourney, and watches it. */
export async function generateMidjourney(run: GenerationRun, request: GenerationRequest): Promise<Ending> {
  const planned = midjourneyRequest(request);
  if ('unreadable' in planned) return failed(unreadablePicture(request, planned.unreadable));
  const reply = await submit(run, planned);
  const { call, ending } = reply;
  const status =
    ending === undefined ? reply.head.status : 'failure' in ending ? (ending.failure.status ?? 0) : 0;
  const text = ending === undefined ? reply.content.text : reply.errorText;
  const submission = readMidjourneySubmission(text) ?? readSubmission(text, parseReply(text));
  switch (submission?.kind) {
    case 'refused':
      return failed(failureOfMidjourney(call, status, submission));
    case 'failed':
      return failed(failureOfMidjourney(call, status, { code: 9, words: submission.reason }));
    case 'task':
      if (ending === undefined)
        return await submitTask(
          run,
          midjourneyTask(request, submission.taskId, run.tools.now()),
          midjourneyForm,
        );
      return ending;
    case undefined:
      return ending ?? failed(failureWithoutMedia(call, reply.head, text.slice(0, 500)));
  }
}

/** Sends the submission; once more with `mj-api-secret` if the gateway refuses a bearer token without a word, as midjourney-proxy does. */
async function submit(run: GenerationRun, request: BilledRequest): Promise<BilledReply> {
  const send = async (): Promise<BilledReply> => {
    const keyHeader = run.tools.keyHeaders.get(run.target.gateway.id);
    return await sendBilled(run, { ...request, ...(keyHeader !== undefined && { keyHeader }) });
  };
  const reply = await send();
  if (reply.ending === undefined) return reply;
  if (reply.ending.outcome !== 'failed') return reply;
  const isRefused = reply.ending.failure.status === 401 && reply.errorText.trim() === '';
  return isRefused && useSecretHeader(run) ? await send() : reply;
}
