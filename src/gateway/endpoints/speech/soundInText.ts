import { parseReply } from '../../json/parseReply';
import { readSound, type Sound } from './readSound';

/** How deep an envelope around the sound may be, such as `{code, data: {audio}}`. */
const deepest = 3;

/** Fields that hold a sound, in base64 or, at MiniMax, in hexadecimal digits. */
const soundNames = ['audio', 'b64_json', 'data', 'audio_data', 'content', 'result', 'output'] as const;

/** Finds the sound in a reply of text: JSON, or the events of a stream. Undefined if there is none. */
export function soundInText(text: string): Sound | undefined {
  const whole = parseReply(text);
  return whole === undefined ? soundInEvents(text) : soundIn(whole, 0);
}

/** Joins the pieces of `speech.audio.delta` events. Each piece is base64 on its own. */
function soundInEvents(text: string): Sound | undefined {
  const pieces: Buffer[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (!line.startsWith('data:')) continue;
    const event = parseReply(line.slice('data:'.length).trim());
    const audio = fieldOf(event, 'audio') ?? fieldOf(event, 'delta');
    if (typeof audio === 'string') pieces.push(Buffer.from(audio, 'base64'));
  }
  return pieces.length === 0 ? undefined : readSound(Buffer.concat(pieces), '');
}

function soundIn(value: unknown, depth: number): Sound | undefined {
  if (typeof value === 'string') return soundInString(value);
  if (depth >= deepest) return undefined;
  const inner = Array.isArray(value) ? (value[0] as unknown) : value;
  for (const name of soundNames) {
    const sound = soundIn(fieldOf(inner, name), depth + 1);
    if (sound !== undefined) return sound;
  }
  return undefined;
}

function soundInString(text: string): Sound | undefined {
  const content = text.replace(/^data:[^,]{0,100},/, '');
  const isHex = content.length % 2 === 0 && /^[\da-f]{16}/i.test(content) && !/[^\da-f]/i.test(content);
  return readSound(Buffer.from(content, isHex ? 'hex' : 'base64'), '');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
