import { describeError, wordsOf } from '../../../failures/describeError';
import { findReplyError } from '../../../failures/findReplyError';
import { parseLooseJson, parseReply } from '../../../json/parseReply';
import { asArray, asObject, asText } from '../../../json/replyObject';
import { foundMedia, type FoundMedia } from '../media/foundMedia';
import type { TaskReading } from './taskForm';
import { taskPercent, taskStatus } from './taskStatus';

type Fields = Readonly<Record<string, unknown>>;

/** Codes and words for a task that the gateway does not know. */
const unknownTask =
  /\btask_?(?:not_?exists?|no_?found|not_?found)\b|\btask (?:is )?(?:not found|does not exist|not exist)|(?:任务|任務|记录|記錄)(?:不存在|未找到)/i;

/**
 * Reads a reply about a task: flat, in `{code, data}`, or in `{code, data: {…, data}}`. The status words, the progress and the
 * places of results are those of APIMart, APIPod, New API and OpenAI.
 */
export function readTask(text: string): TaskReading {
  const value = parseReply(text) ?? parseLooseJson(text);
  const reply = asObject(value) as Fields | undefined;
  if (reply === undefined) return { kind: 'error', error: describeError(text.trim()) };
  const data = reply['data'];
  const task = (asObject(data) ?? asObject(asArray(data)[0]) ?? reply) as Fields;
  const word = task['status'] ?? task['state'] ?? task['task_status'];
  const status = taskStatus(word);
  const error = findReplyError(value);
  if (status === undefined) {
    if (error !== undefined && unknownTask.test([error.message, ...error.codes].join('\n')))
      return { kind: 'missing' };
    if (error !== undefined) return { kind: 'error', error };
  }
  const media = status === 'failed' || status === 'cancelled' ? [] : resultsOf(task);
  return {
    kind: 'report',
    report: {
      status: status ?? (media.length > 0 ? 'done' : 'running'),
      percent: taskPercent(task['progress']),
      media,
      reason: reasonOf(task, reply),
      ...(asObject(task['error']) !== undefined && { codes: describeError(task['error']).codes }),
    },
  };
}

/** The results of a task, from the first field with results. */
function resultsOf(task: Fields): readonly FoundMedia[] {
  const result = task['result'];
  const inner = asObject(task['data']) as Fields | undefined;
  const results = asObject(result) as Fields | undefined;
  const output = task['output'];
  const places: readonly unknown[] = [
    task['result_url'],
    task['url'],
    task['video_url'],
    fieldOf(task['metadata'], 'url'),
    inner?.['url'],
    inner?.['result_url'],
    fieldOf(inner?.['result'], 'videos'),
    results?.['videos'],
    results?.['images'],
    results?.['audios'],
    result,
    task['images'],
    task['videos'],
    // Old versions of New API put the link there.
    task['fail_reason'],
    fieldOf(output, 'video_url'),
    output,
    inner === undefined ? task['data'] : undefined,
  ];
  for (const place of places) {
    const found = foundMedia(place);
    if (found.length > 0) return found;
  }
  return inner === undefined ? [] : foundMedia(inner);
}

function fieldOf(value: unknown, name: string): unknown {
  return (asObject(value) as Fields | undefined)?.[name];
}

function reasonOf(task: Fields, reply: Fields): string {
  for (const name of ['error', 'fail_reason', 'failReason', 'error_message', 'reason', 'message']) {
    const words = wordsOf(task[name]);
    if (words !== '') return words;
  }
  const words = asText(reply['message']);
  return words === undefined || /^(?:success|ok)$/i.test(words) ? '' : words;
}
