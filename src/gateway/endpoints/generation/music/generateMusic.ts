import type { GenerationRequest } from '../../../../core/ports/generationClient';
import type { Ending } from '../../../../shared/answer/ending';
import type { Task } from '../../../../shared/answer/task';
import { submitTaskOf } from '../tasks/submitTask';
import { besideBase, stepOf } from '../wire/belowBase';
import type { GenerationRun } from '../wire/generationRun';
import { sendBilled } from '../wire/sendBilled';
import { sunoForm } from './sunoForm';

/** The longest time without a byte of the reply to a submission, in seconds. */
const silence = 60;

/** Submits music to Suno in the form of New API, and watches its task. The prompt describes the music. */
export async function generateMusic(run: GenerationRun, request: GenerationRequest): Promise<Ending> {
  const { gateway, modelId, prompt, generation } = request;
  const { instrumental } = generation.settings;
  const reply = await sendBilled(run, {
    address: besideBase(gateway, '/suno/submit/music'),
    fields: {
      // With `prompt` Suno would sing it.
      gpt_description_prompt: prompt,
      ...(modelId.startsWith('chirp-') && { mv: modelId }),
      ...(instrumental !== undefined && { make_instrumental: instrumental }),
    },
    silence,
  });
  const taskOf = (taskId: string): Task => ({
    taskId,
    kind: 'music',
    form: 'suno',
    path: besideBase(gateway, `/suno/fetch/${stepOf(taskId)}`)?.pathname ?? '/',
    submittedAt: run.tools.now(),
  });
  return await submitTaskOf(run, reply, { work: 'music', form: sunoForm, taskOf });
}
