import type { TaskAction } from '../../../../shared/answer/generation';
import { describeError } from '../../../failures/describeError';
import { parseReply } from '../../../json/parseReply';
import { asArray, asObject, asText } from '../../../json/replyObject';
import { foundMedia, type FoundMedia } from '../media/foundMedia';
import type { TaskReading } from '../tasks/taskForm';
import { taskPercent, taskStatus } from '../tasks/taskStatus';

type Fields = Readonly<Record<string, unknown>>;

/** At most so many buttons are shown. */
const mostActions = 50;
/** Actions whose result is text; their picture is the one of the prompt. */
const textActions: ReadonlySet<string> = new Set(['DESCRIBE', 'SHORTEN']);

/**
 * Reads a Midjourney task of `/mj/task/{id}/fetch`, or of APIMart, which wraps it in `{code, data}` and adds the single pictures. A
 * midjourney-proxy sends an empty body for a task that it does not know, New API code 4.
 */
export function readMidjourneyTask(text: string): TaskReading {
  if (text.trim() === '' || text.trim() === 'null') return { kind: 'missing' };
  const value = asObject(parseReply(text)) as Fields | undefined;
  if (value === undefined) return { kind: 'error', error: describeError(text.trim()) };
  const task = (asObject(value['data']) ?? asObject(asArray(value['data'])[0]) ?? value) as Fields;
  if (task['status'] === undefined) {
    const description = asText(value['description']) ?? '';
    if (value['code'] === 4 || value['code'] === 3) return { kind: 'missing' };
    const error = describeError(value);
    return { kind: 'error', error: { ...error, message: description === '' ? error.message : description } };
  }
  const status = taskStatus(task['status']) ?? 'running';
  const isText = textActions.has((asText(task['action']) ?? '').toUpperCase());
  const preview = asText(task['imageUrl']) ?? asText(task['image_url']);
  return {
    kind: 'report',
    report: {
      status,
      percent: taskPercent(task['progress']),
      media: status === 'done' && !isText ? resultsOf(task) : [],
      reason:
        asText(task['failReason']) ?? asText(task['fail_reason']) ?? describeError(task['error']).message,
      actions: status === 'done' ? actionsOf(task['buttons']) : [],
      ...(preview !== undefined && status === 'running' && !isText && { preview }),
      ...(status === 'done' && isText && textOf(task)),
    },
  };
}

/** The videos of a task, else its single pictures, else its grid. */
function resultsOf(task: Fields): readonly FoundMedia[] {
  const places = ['videoUrls', 'videoUrl', 'video_urls', 'video_url'];
  const pictures = ['image_urls', 'imageUrls', 'grid_image_url', 'imageUrl', 'image_url'];
  for (const name of [...places, ...pictures]) {
    const found = foundMedia(task[name]);
    if (found.length > 0) return found;
  }
  return [];
}

function textOf(task: Fields): { readonly text?: string } {
  const properties = asObject(task['properties']) as Fields | undefined;
  const text =
    asText(properties?.['finalPrompt']) ??
    asText(properties?.['final_prompt']) ??
    asText(task['prompt']) ??
    asText(task['promptEn']);
  return text === undefined ? {} : { text };
}

/** The buttons that have an id. A label may be empty: then the emoji names the button. */
function actionsOf(buttons: unknown): readonly TaskAction[] {
  return asArray(buttons)
    .slice(0, mostActions)
    .flatMap((button) => {
      const fields = asObject(button) as Fields | undefined;
      const customId = asText(fields?.['customId']) ?? asText(fields?.['custom_id']);
      if (customId === undefined || customId.length > 2_000) return [];
      const label = asText(fields?.['label']) ?? asText(fields?.['emoji']) ?? '';
      return [{ customId, label: label.slice(0, 200) }];
    });
}
