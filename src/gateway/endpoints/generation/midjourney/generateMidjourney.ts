import type { GenerationRequest } from '../../../../core/ports/generationClient';
import { modalAction } from '../../../../shared/answer/generation';
import type { Task } from '../../../../shared/answer/task';
import type { Failure } from '../../../../shared/failure/failure';
import { failureOf } from '../../../failures/failureOf';
import type { Ending } from '../../../../shared/answer/ending';
import { parseReply } from '../../../json/parseReply';
import { readSubmission } from '../tasks/readSubmission';
import { submitTask } from '../tasks/submitTask';
import { failureWithoutMedia } from '../wire/failureOfBilled';
import { failed, useSecretHeader, type GenerationRun } from '../wire/generationRun';
import { sendBilled, type BilledReply, type BilledRequest } from '../wire/sendBilled';
import { unreadablePicture } from '../wire/unreadablePicture';
import { failureOfMidjourney } from './failureOfMidjourney';
import { midjourneyForm, midjourneyModalForm } from './midjourneyForm';
import { midjourneyRequest, midjourneyTask } from './midjourneyRequest';
import { readMidjourneySubmission } from './readMidjourneySubmission';

/** Submits a task to Midjourney, and watches it. */
export async function generateMidjourney(run: GenerationRun, request: GenerationRequest): Promise<Ending> {
  const planned = midjourneyRequest(request);
  if ('unreadable' in planned) return failed(unreadablePicture(request, planned.unreadable));
  if ('missingMode' in planned) return failed(missingMode(request, planned.missingMode));
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
    case 'task': {
      if (ending !== undefined) return ending;
      const task = midjourneyTask(request, submission.taskId, run.tools.now());
      if ('needsInput' in submission) return askForInput(run, task);
      return await submitTask(run, task, task.form === 'midjourney' ? midjourneyForm : midjourneyModalForm);
    }
    case undefined:
      return ending ?? failed(failureWithoutMedia(call, reply.head, text.slice(0, 500)));
  }
}

/** Ends the answer with a task that waits for a prompt. Nothing was made and billed for it. */
function askForInput(run: GenerationRun, task: Task): Ending {
  run.parts.add({ kind: 'task-submitted', task });
  run.parts.add({ kind: 'task-progressed', state: 'needs-input', percent: null });
  run.parts.add({ kind: 'task-actions', actions: [modalAction] });
  return { outcome: 'completed', finishReason: null };
}

function missingMode({ gateway, modelId }: GenerationRequest, mode: string): Failure {
  const call = { gateway, modelId, url: gateway.baseUrl, secrets: [] };
  return failureOf(call, 'endpoint-missing', { detail: mode });
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
