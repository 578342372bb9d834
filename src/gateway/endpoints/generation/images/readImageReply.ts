import type { Usage } from '../../../../shared/answer/usage';
import type { ReplyError } from '../../../failures/describeError';
import { findReplyError } from '../../../failures/findReplyError';
import { parseLooseJson, parseReply } from '../../../json/parseReply';
import { asArray, asObject, asText } from '../../../json/replyObject';
import { readUsage } from '../../../reply/fields/readUsage';
import { foundMedia, type FoundMedia } from '../media/foundMedia';
import { readSubmission } from '../tasks/readSubmission';

/** What a reply to a request for pictures says. */
export type ImageReply =
  | { readonly kind: 'media'; readonly media: readonly FoundMedia[]; readonly usage: Usage | undefined }
  /** The gateway makes the pictures later. */
  | { readonly kind: 'task'; readonly taskId: string }
  | { readonly kind: 'error'; readonly error: ReplyError }
  /** A success without a picture. `words` is what the reply says instead; '' if it says nothing. */
  | { readonly kind: 'nothing'; readonly words: string };

/** Fields that say why there is no picture. */
const reasonFields = [
  'raiFilteredReason',
  'finish_reason',
  'block_reason',
  'blockReason',
  'fail_reason',
  'reason',
  'message',
  'msg',
  'revised_prompt',
  'text',
] as const;
/** How much of a reply without a picture is shown, in characters. */
const longestWords = 500;

/**
 * Reads the reply of `/images/generations` or `/images/edits` in any known form: `data` as a list or an object, wrapped in `{code,
 * data}` or not, with `b64_json`, `url` or both, or a task instead of pictures.
 *
 * @param text The whole body of a reply with the status of a success.
 */
export function readImageReply(text: string): ImageReply {
  const value = parseReply(text) ?? parseLooseJson(text);
  if (value === undefined) return { kind: 'nothing', words: text.trim().slice(0, longestWords) };
  const media = picturesIn(value);
  if (media.length > 0) return { kind: 'media', media, usage: usageIn(value) };
  const fields = asObject(value);
  const error = findReplyError(value);
  // `{error: {…}, id: "…"}` is an error with the id of the request, not a task.
  if (error !== undefined && (fields?.error ?? undefined) !== undefined) return { kind: 'error', error };
  const submission = readSubmission(text, value);
  if (submission?.kind === 'task') return submission;
  if (submission?.kind === 'failed')
    return { kind: 'error', error: { message: submission.reason, codes: [], requestId: undefined } };
  if (error !== undefined) return { kind: 'error', error };
  return { kind: 'nothing', words: reasonIn(value).slice(0, longestWords) };
}

/** The pictures of a reply. Reads only the first field with pictures, because gateways repeat them in other fields. */
function picturesIn(value: unknown, depth = 0): readonly FoundMedia[] {
  const fields = asObject(value);
  if (fields === undefined) return foundMedia(value);
  const { data, result, images, image, output } = fields;
  const own = [data, images, image, asObject(result)?.images, result, output, fields];
  for (const candidate of own) {
    const found =
      typeof candidate === 'string' && !/^(?:https?:|data:)/i.test(candidate) ? [] : foundMedia(candidate);
    if (found.length > 0) return found;
  }
  // `{code, data: {created, data: […]}}`
  return depth < 2 && asObject(data) !== undefined ? picturesIn(data, depth + 1) : [];
}

function usageIn(value: unknown): Usage | undefined {
  const fields = asObject(value);
  return readUsage(fields?.usage) ?? readUsage(asObject(fields?.data)?.usage);
}

function reasonIn(value: unknown, depth = 0): string {
  if (depth > 3) return '';
  const fields = asObject(value) as Readonly<Record<string, unknown>> | undefined;
  if (fields === undefined) {
    return asArray(value)
      .slice(0, 4)
      .map((item) => reasonIn(item, depth + 1))
      .filter((words) => words !== '')
      .join('; ');
  }
  for (const name of reasonFields) {
    const words = asText(fields[name]);
    if (words !== undefined && !/^(?:success|ok|stop)$/i.test(words)) return words.trim();
  }
  return [fields['data'], fields['predictions'], fields['candidates'], fields['choices'], fields['output']]
    .map((inner) => reasonIn(inner, depth + 1))
    .filter((words) => words !== '')
    .join('; ');
}
