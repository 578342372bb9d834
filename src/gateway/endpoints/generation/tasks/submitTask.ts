import type { Ending } from '../../../../shared/answer/ending';
import type { Task } from '../../../../shared/answer/task';
import { findReplyError } from '../../../failures/findReplyError';
import { failureOf } from '../../../failures/failureOf';
import { parseLooseJson, parseReply } from '../../../json/parseReply';
import { failureOfBilledError, failureWithoutMedia } from '../wire/failureOfBilled';
import { failed, type GenerationRun } from '../wire/generationRun';
import type { BilledReply } from '../wire/sendBilled';
import { readSubmission } from './readSubmission';
import type { TaskForm } from './taskForm';
import { watchTask } from './watchTask';

/** How much of a reply that cannot be read is shown, in characters. */
const longestWords = 500;

/** Reports a task that the gateway accepted, and watches it. */
export async function submitTask(run: GenerationRun, task: Task, form: TaskForm): Promise<Ending> {
  run.parts.add({ kind: 'task-submitted', task });
  return await watchTask(run, task, form);
}

/**
 * Reads the reply to a submission, and watches the task that it names.
 *
 * @param taskOf Makes the task from its id.
 */
export async function submitTaskOf(
  run: GenerationRun,
  reply: BilledReply,
  form: TaskForm,
  taskOf: (taskId: string) => Task,
): Promise<Ending> {
  if (reply.ending !== undefined) return reply.ending;
  const { call, head, content } = reply;
  if (content.form === 'html') return failed(failureOf(call, 'not-an-api', { status: head.status }));
  const { text } = content;
  const value = parseReply(text) ?? parseLooseJson(text);
  const submission = readSubmission(text, value);
  if (submission?.kind === 'task') return await submitTask(run, taskOf(submission.taskId), form);
  if (submission?.kind === 'failed')
    return failed(failureOf(call, 'task-failed', { status: head.status, detail: submission.reason }));
  const error = findReplyError(value);
  if (error !== undefined) return failed(failureOfBilledError(call, error, head));
  return failed(failureWithoutMedia(call, head, text.trim().slice(0, longestWords)));
}
