import { parseReply } from '../../../json/parseReply';
import { asArray, asObject, asText } from '../../../json/replyObject';
import type { FoundMedia } from '../media/foundMedia';
import { readTask } from '../tasks/readTask';
import type { TaskReading } from '../tasks/taskForm';

type Fields = Readonly<Record<string, unknown>>;

/** Reads a task of Suno: `{code, data: {status, progress, data: [{title, audio_url, …}]}}`. It makes two pieces at once. */
export function readSunoTask(text: string): TaskReading {
  const reading = readTask(text);
  if (reading.kind !== 'report') return reading;
  const data = (asObject(parseReply(text)) as Fields | undefined)?.['data'];
  const task = (asObject(data) ?? asObject(asArray(data)[0])) as Fields | undefined;
  const clips = asArray(task?.['data'] ?? task?.['clips']);
  const media = reading.report.status === 'done' ? clips.flatMap(soundOf) : [];
  return { kind: 'report', report: { ...reading.report, media } };
}

function soundOf(clip: unknown): readonly FoundMedia[] {
  const fields = asObject(clip) as Fields | undefined;
  const url = asText(fields?.['audio_url']);
  const name = asText(fields?.['title']);
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return [];
  return [{ url, ...(name !== undefined && { name: name.slice(0, 200) }) }];
}
