import type { GivenMessage, GivenPart } from '../../core/provider/givenMessage';
import { readPromptTree, type TreeContent } from './readPromptTree';

/** Not in VS Code's stable types, but sent. */
const systemRole = 3;
/** `LanguageModelChatMessageRole.Assistant`, whose value needs VS Code. */
const assistantRole = 2;

/** The formats of pictures that models take. */
const pictureTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A `LanguageModelChatRequestMessage`. */
interface RequestMessage {
  readonly role: number;
  readonly content: readonly unknown[];
}

/**
 * Reads messages of VS Code's language model API. The parts are recognised by their fields, because their classes differ between
 * versions of VS Code.
 *
 * @param isThinking True for a part with reasoning. It has the fields of a text.
 */
export function readMessages(
  messages: readonly RequestMessage[],
  isThinking: (part: unknown) => boolean,
): readonly GivenMessage[] {
  return messages.map(({ role, content }) => ({
    role: roleOf(role),
    parts: content.flatMap((part) => readPart(part, isThinking)),
  }));
}

function roleOf(role: number): GivenMessage['role'] {
  if (role === systemRole) return 'system';
  return role === assistantRole ? 'assistant' : 'user';
}

function readPart(part: unknown, isThinking: (part: unknown) => boolean): readonly GivenPart[] {
  if (typeof part !== 'object' || part === null) return [];
  if (isThinking(part)) {
    const text = 'value' in part ? [part.value].flat().filter((piece) => typeof piece === 'string') : [];
    return [{ kind: 'reasoning', text: text.join('') }];
  }
  if ('callId' in part && 'name' in part) {
    const input = 'input' in part && typeof part.input === 'object' ? part.input : {};
    const written = JSON.stringify(Array.isArray(input) ? {} : (input ?? {}));
    return [{ kind: 'call', id: String(part.callId), name: String(part.name), arguments: written }];
  }
  if ('callId' in part) {
    const content: readonly unknown[] = 'content' in part && Array.isArray(part.content) ? part.content : [];
    const pieces = content.flatMap(readContent);
    return [
      {
        kind: 'result',
        callId: String(part.callId),
        text: pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join('\n'),
        pictures: pieces.flatMap((piece) => (piece.kind === 'picture' ? [piece.url] : [])),
      },
    ];
  }
  return readContent(part);
}

/** Reads a text, data, or a tree of the library prompt-tsx. */
function readContent(part: unknown): readonly TreeContent[] {
  if (typeof part === 'string') return [{ kind: 'text', text: part }];
  if (typeof part !== 'object' || part === null) return [];
  if ('mimeType' in part && 'data' in part) return readData(String(part.mimeType), part.data);
  if (!('value' in part)) return [];
  return typeof part.value === 'string' ? [{ kind: 'text', text: part.value }] : readPromptTree(part.value);
}

function readData(given: string, data: unknown): readonly TreeContent[] {
  // VS Code marks places of a prompt with data of types that are no MIME types, such as `cache_control`.
  const [mimeType = ''] = given.toLowerCase().split(';');
  if (!(data instanceof Uint8Array) || !(mimeType.includes('/') || mimeType === 'json')) return [];
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (pictureTypes.has(mimeType))
    return [{ kind: 'picture', url: `data:${mimeType};base64,${bytes.toString('base64')}` }];
  if (mimeType.startsWith('text/') || /(?:^|[/+])json$/.test(mimeType))
    return [{ kind: 'text', text: bytes.toString('utf8') }];
  return [{ kind: 'text', text: `[Content of the type ${mimeType} was left out]` }];
}
