import { wordsOf } from '../../../failures/describeError';
import { asArray, asObject, asText } from '../../../json/replyObject';
import { isStatusWord, taskStatus } from './taskStatus';
import { taskId } from './taskId';

/** What the reply to a submission says about its task. */
type Submission =
  { readonly kind: 'task'; readonly taskId: string } | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads the task in a reply: `{code, data: [{status, task_id}]}` (APIMart), `{code, data: {task_id}}` (APIPod), `{id, task_id, status}`
 * (New API), `{id, object: "video", status}` (OpenAI), `{code: "success", data: "id"}` (Suno). Undefined if it has none.
 *
 * @param text The reply.
 * @param value The same, parsed.
 */
export function readSubmission(text: string, value: unknown): Submission | undefined {
  const reply = asObject(value);
  if (reply === undefined) return undefined;
  const { data } = reply;
  if (typeof data === 'string') {
    const isAccepted = /^(?:success|ok|0|1|200)$/i.test(String(asText(reply.code) ?? reply.code));
    const id = isAccepted ? taskId(data, 'data', text) : undefined;
    return id === undefined ? undefined : { kind: 'task', taskId: id };
  }
  const task = asObject(asArray(data)[0]) ?? asObject(data) ?? reply;
  const fields = task as Readonly<Record<string, unknown>>;
  const isNamed = (fields['task_id'] ?? fields['taskId'] ?? undefined) !== undefined;
  const isTask =
    isNamed ||
    isStatusWord(fields['status']) ||
    isStatusWord(fields['state']) ||
    isTaskObject(fields['object']);
  if (!isTask) return undefined;
  const status = taskStatus(fields['status'] ?? fields['state']);
  if (status === 'failed' || status === 'cancelled')
    return { kind: 'failed', reason: wordsOf(fields['error'] ?? fields['fail_reason'] ?? fields['message']) };
  const id =
    taskId(fields['task_id'], 'task_id', text) ??
    taskId(fields['taskId'], 'taskId', text) ??
    taskId(fields['id'], 'id', text);
  return id === undefined ? undefined : { kind: 'task', taskId: id };
}

function isTaskObject(object: unknown): boolean {
  return typeof object === 'string' && /\btask$|^video$/.test(object);
}
