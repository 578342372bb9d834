import { parseReply } from '../../json/parseReply';

/** What is asked for: text, or subtitles. */
export type TranscriptFormat = 'json' | 'srt' | 'vtt';

/** A transcript; `no-times` if subtitles were asked for and only a text came. */
interface Transcript {
  readonly kind: 'text' | 'no-times';
  readonly text: string;
}

/** One line of subtitles; times in seconds. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A line with the times of a subtitle. The fraction has a comma in SRT and a full stop in VTT. */
const times = /^(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3} --> /m;

/**
 * Reads the reply of a transcription: a text, a JSON string, JSON with `text` (also under `data`), or subtitles, which some gateways
 * put into JSON, too. Subtitles are made of the segments of a verbose reply if necessary.
 *
 * @returns undefined if there is no transcript. A sound without words has the transcript ''.
 */
export function readTranscript(body: string, format: TranscriptFormat): Transcript | undefined {
  const value = parseReply(body);
  const segments = segmentsOf(value) ?? segmentsOf(fieldOf(value, 'data'));
  const text = textIn(value, body);
  if (text === undefined) return undefined;
  if (format === 'json') return { kind: 'text', text: text.trim() };
  if (times.test(text)) return { kind: 'text', text };
  if (segments !== undefined && segments.length > 0)
    return { kind: 'text', text: writeSubtitles(segments, format) };
  return { kind: 'no-times', text: text.trim() };
}

function textIn(value: unknown, body: string): string | undefined {
  // Not JSON: the reply is the text. Broken JSON is not.
  if (value === undefined) return /^\s*[{[]/.test(body) || body.trim() === '' ? undefined : body;
  if (typeof value === 'string') return value;
  // A text such as "42" is valid JSON.
  if (typeof value === 'number') return body;
  for (const inner of [value, fieldOf(value, 'data'), fieldOf(value, 'result')]) {
    const text = typeof inner === 'string' ? inner : fieldOf(inner, 'text');
    if (typeof text === 'string') return text;
  }
  return undefined;
}

function segmentsOf(value: unknown): readonly Segment[] | undefined {
  const list = fieldOf(value, 'segments');
  if (!Array.isArray(list)) return undefined;
  return (list as unknown[]).flatMap((segment) => {
    const [start, end, text] = ['start', 'end', 'text'].map((name) => fieldOf(segment, name));
    return typeof start === 'number' && typeof end === 'number' && typeof text === 'string'
      ? [{ start, end, text: text.trim() }]
      : [];
  });
}

function writeSubtitles(segments: readonly Segment[], format: 'srt' | 'vtt'): string {
  const mark = format === 'srt' ? ',' : '.';
  const blocks = segments.map(
    ({ start, end, text }, index) =>
      `${format === 'srt' ? `${index + 1}\n` : ''}${clock(start, mark)} --> ${clock(end, mark)}\n${text}\n`,
  );
  return [...(format === 'vtt' ? ['WEBVTT\n'] : []), ...blocks].join('\n');
}

/** Hours, minutes, seconds and milliseconds. */
function clock(seconds: number, mark: string): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1_000));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes, rest] = [
    milliseconds / 3_600_000,
    (milliseconds / 60_000) % 60,
    (milliseconds / 1_000) % 60,
  ];
  return `${two(hours)}:${two(minutes)}:${two(rest)}${mark}${String(milliseconds % 1_000).padStart(3, '0')}`;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
