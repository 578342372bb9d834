import type { Ending } from '../../../../shared/answer/ending';
import type { Media } from '../../../../shared/answer/media';
import type { Task } from '../../../../shared/answer/task';
import { findReplyError } from '../../../failures/findReplyError';
import { failureOf } from '../../../failures/failureOf';
import { asObject } from '../../../json/replyObject';
import { foundMedia, mediumOf } from '../media/foundMedia';
import { fetchMedium } from '../results/fetchMedium';
import { mediaKind } from './mediaKind';
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

/** A task that the reply to a submission may name. */
interface PlannedTask {
  readonly work: Task['kind'];
  readonly form: TaskForm;
  /** Makes the task from its id. */
  readonly taskOf: (taskId: string) => Task;
}

/**
 * Reads the reply to a submission, and watches the task that it names. A gateway may also send the result at once: itself, its
 * content in JSON, or a link.
 */
export async function submitTaskOf(
  run: GenerationRun,
  reply: BilledReply,
  { work, form, taskOf }: PlannedTask,
): Promise<Ending> {
  if (reply.ending !== undefined) return reply.ending;
  const { call, head, content } = reply;
  if (content.form === 'html') return failed(failureOf(call, 'not-an-api', { status: head.status }));
  const kind = mediaKind(work);
  if (content.bytes !== undefined) {
    run.parts.add({ kind: 'media', media: mediumOf(content.bytes, {}, `${kind}/*`) });
    return { outcome: 'completed', finishReason: null };
  }
  const { text } = content;
  const value = parseReply(text) ?? parseLooseJson(text);
  const submission = readSubmission(text, value);
  if (submission?.kind === 'task') return await submitTask(run, taskOf(submission.taskId), form);
  if (submission?.kind === 'failed')
    return failed(failureOf(call, 'task-failed', { status: head.status, detail: submission.reason }));
  const error = findReplyError(value);
  if (error !== undefined) return failed(failureOfBilledError(call, error, head));
  return (
    (await finishAtOnce(run, value, kind)) ??
    failed(failureWithoutMedia(call, head, text.trim().slice(0, longestWords)))
  );
}

/** Adds the media in a reply without a task. Undefined if the reply has no media. */
async function finishAtOnce(
  run: GenerationRun,
  value: unknown,
  kind: Media['kind'],
): Promise<Ending | undefined> {
  const { data } = asObject(value) ?? {};
  const found = [data, value].map((place) => foundMedia(place)).find((media) => media.length > 0) ?? [];
  const media = await Promise.all(found.map((medium) => fetchMedium(run, medium, kind)));
  const known = media.filter((medium) => medium !== undefined);
  for (const medium of known) run.parts.add({ kind: 'media', media: medium });
  if (run.signal.aborted) return { outcome: 'cancelled' };
  return known.length === 0 ? undefined : { outcome: 'completed', finishReason: null };
}
