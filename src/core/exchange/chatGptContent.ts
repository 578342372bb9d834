import * as v from 'valibot';
import { fenced } from '../text/escapeMarkdown';

/** The fields of a message in ChatGPT's export that Parley reads. A field with an invalid value counts as absent. */
export const chatGptMessageSchema = v.object({
  author: v.object({ role: v.string() }),
  create_time: v.fallback(v.nullish(v.union([v.number(), v.string()])), null),
  content: v.fallback(
    v.nullish(v.looseObject({ content_type: v.fallback(v.optional(v.string()), undefined) })),
    null,
  ),
  recipient: v.fallback(v.nullish(v.string()), null),
  metadata: v.fallback(
    v.nullish(
      v.object({
        model_slug: v.fallback(v.nullish(v.string()), null),
        is_visually_hidden_from_conversation: v.fallback(v.nullish(v.boolean()), null),
        content_references: v.fallback(
          v.nullish(
            v.array(
              v.object({
                matched_text: v.fallback(v.string(), ''),
                alt: v.fallback(v.nullish(v.string()), null),
              }),
            ),
          ),
          null,
        ),
      }),
    ),
    null,
  ),
});

/** A message of ChatGPT's export. */
export type ChatGptMessage = v.InferOutput<typeof chatGptMessageSchema>;

/** The visible content of a message, as Markdown. */
export interface ChatGptContent {
  readonly text: string;
  readonly reasoning: string;
}

/** Reads the visible content of a message; undefined for a message that ChatGPT did not show. */
export function readChatGptContent(message: ChatGptMessage): ChatGptContent | undefined {
  const { author, content, recipient, metadata } = message;
  if (!content || (author.role !== 'user' && author.role !== 'assistant')) return undefined;
  if (metadata?.is_visually_hidden_from_conversation === true) return undefined;
  if (typeof recipient === 'string' && recipient !== 'all') return readCanvas(recipient, content);
  switch (content.content_type) {
    case 'thoughts':
      return { text: '', reasoning: textsOf(content['thoughts'], 'content').join('\n\n') };
    case 'reasoning_recap':
    case 'user_editable_context':
    case 'model_editable_context':
      return undefined;
    case 'code':
      return { text: fenced(typeof content['text'] === 'string' ? content['text'] : '', ''), reasoning: '' };
    default: {
      const parts = textsOf(content['parts'], 'text');
      const whole =
        parts.length > 0 || typeof content['text'] !== 'string' ? parts.join('\n\n') : content['text'];
      const text = withoutMarkers(whole, metadata?.content_references ?? []);
      return text.trim() === '' ? undefined : { text, reasoning: '' };
    }
  }
}

/**
 * The texts in a list of parts: strings, and objects with a text in `field`. The export does not hold pictures, so a picture
 * becomes the sign 🖼. A sound is left out, because its transcript is another part.
 */
function textsOf(parts: unknown, field: string): string[] {
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown) => {
    if (typeof part === 'string') return part === '' ? [] : [part];
    if (v.is(v.looseObject({ [field]: v.string() }), part)) return [String(part[field])];
    if (!v.is(v.looseObject({ asset_pointer: v.string() }), part)) return [];
    const { content_type: type } = part;
    return type === undefined || (typeof type === 'string' && type.startsWith('image')) ? ['🖼'] : [];
  });
}

const documentSchema = v.object({
  name: v.fallback(v.string(), ''),
  type: v.fallback(v.string(), 'document'),
  content: v.string(),
});
const updateSchema = v.object({
  updates: v.array(v.object({ pattern: v.string(), replacement: v.string() })),
});

/** The document in a message to the canvas: a new document, or the replacement of the whole document. */
function readCanvas(
  recipient: string,
  content: NonNullable<ChatGptMessage['content']>,
): ChatGptContent | undefined {
  if (!recipient.startsWith('canmore.')) return undefined;
  const [part] = textsOf(content['parts'], 'text');
  const json = typeof content['text'] === 'string' ? content['text'] : part;
  const value = parseJson(json ?? '');
  if (v.is(documentSchema, value)) {
    const { name, type, content: document } = v.parse(documentSchema, value);
    const heading = name === '' ? '' : `**${name}**\n\n`;
    const language = /^code\/([\w+#.-]{1,30})$/.exec(type)?.[1];
    const body = type.startsWith('code') ? fenced(document, language ?? '') : document;
    return { text: heading + body, reasoning: '' };
  }
  if (!v.is(updateSchema, value)) return undefined;
  const whole = value.updates.filter(({ pattern }) => pattern === '.*').at(-1)?.replacement;
  return whole === undefined || whole.trim() === '' ? undefined : { text: whole, reasoning: '' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The call was truncated.
    return undefined;
  }
}

/** ChatGPT puts markers between these characters. Its page shows a citation, a name or a list of links in their place. */
const markerStart = '\uE200';
const markerEnd = '\uE201';
const markerSeparator = '\uE202';
const markerSigns = /[\uE200-\uE20F]/g;

/** Replaces each marker by the text that the export states for it, by its name, or by nothing. */
function withoutMarkers(
  text: string,
  references: readonly { readonly matched_text: string; readonly alt?: string | null | undefined }[],
): string {
  if (!text.includes(markerStart)) return text.replace(markerSigns, '');
  const words = new Map(references.map(({ matched_text: matched, alt }) => [matched, alt ?? '']));
  let plain = '';
  let from = 0;
  for (let start = text.indexOf(markerStart); start !== -1; start = text.indexOf(markerStart, from)) {
    const end = text.indexOf(markerEnd, start);
    if (end === -1) break;
    const marker = text.slice(start, end + 1);
    const put = words.get(marker) ?? nameIn(marker);
    const before = text.slice(from, start);
    const needsBlank = put.startsWith('(') && /\S$/.test(before);
    plain += before + (needsBlank ? ' ' : '') + put;
    from = end + 1;
  }
  return (plain + text.slice(from)).replace(markerSigns, '');
}

/** The name in an `entity` marker, which holds `["kind","Name",…]`. The name is part of the sentence. */
function nameIn(marker: string): string {
  const [kind = '', json = ''] = marker.slice(1, -1).split(markerSeparator);
  const value = kind === 'entity' ? parseJson(json) : undefined;
  return Array.isArray(value) && typeof value[1] === 'string' ? value[1] : '';
}
