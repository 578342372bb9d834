import { lineBefore, type CompletionPlace } from './completionPlace';

/** The tags around the texts in the question; see `chatInstructions` of the gateway's `writeCompletion`. */
const tags = ['</before>', '<before>', '<after>', '</after>', '<completion>', '</completion>'];

/** Beginnings of a sentence that announces the completion. */
const announcements =
  /^(?:sure|certainly|of course|okay|here(?:'s| is| are)|the (?:missing|complete|following)|好的|当然|以下|下面|这是|缺失)[^\n]{0,200}[:：.。!！]\s{0,4}\n/i;

/** How much of the text before the cursor a reply may repeat, in UTF-16 units and in lines. */
const longestRepeated = 2_000;
const mostRepeatedLines = 20;
/** A shorter text may well come twice. */
const shortestRepeated = 3;

/**
 * Removes from a chat model's reply what does not belong into the gap: the code fence, sentences around it, tags of the question, and
 * the text before the cursor.
 *
 * @param reply With `\n` as line end. It may still be incomplete.
 */
export function cleanChatReply(reply: string, place: CompletionPlace): string {
  const text = withoutTags(withoutFence(reply, place.languageId));
  return withIndent(withoutRepeatedBefore(text, place), place);
}

/** The content of the first code fence; the reply without an announcement if there is no fence. */
function withoutFence(reply: string, languageId: string): string {
  const text = reply.trimStart();
  // In Markdown, a fence in the middle is part of the document.
  const isWrapped = text.startsWith('```');
  const start = isWrapped ? 0 : languageId === 'markdown' ? -1 : reply.indexOf('\n```');
  if (start === -1) {
    const announced = announcements.exec(text);
    if (announced !== null) return text.slice(announced[0].length);
    const isQuoted = /^`[^`\n]{1,500}`\s{0,10}$/.test(text);
    return isQuoted ? text.trimEnd().slice(1, -1) : reply;
  }
  const opened = isWrapped ? text : reply.slice(start + 1);
  const lineEnd = opened.indexOf('\n');
  if (lineEnd === -1) return '';
  const content = opened.slice(lineEnd + 1);
  const closing = content.startsWith('```') ? 0 : content.indexOf('\n```');
  return closing === -1 ? content : content.slice(0, closing);
}

function withoutTags(reply: string): string {
  let text = reply;
  for (const tag of tags) {
    const at = text.indexOf(tag);
    if (at === -1) continue;
    // A tag at the beginning opens the answer, any other ends it.
    text = text.slice(0, at).trim() === '' ? text.slice(at + tag.length) : text.slice(0, at);
  }
  return text;
}

/** Removes the line of the cursor, and lines above it, from the beginning of a reply that repeats them. */
function withoutRepeatedBefore(text: string, { before }: CompletionPlace): string {
  const lines = before.slice(-longestRepeated).split('\n');
  const given = text.trimStart();
  for (let count = 1; count <= Math.min(lines.length, mostRepeatedLines); count += 1) {
    const repeated = lines.slice(-count).join('\n').trimStart();
    const ending = repeated.trimEnd();
    if (ending.length < shortestRepeated) continue;
    if (given.startsWith(repeated)) return given.slice(repeated.length);
    // Models leave out the space at the end of a line.
    if (given.startsWith(ending)) return given.slice(ending.length).trimStart();
  }
  return text;
}

/** Gives the lines after the first one the indentation of the cursor, if the model has counted from the left edge. */
function withIndent(text: string, place: CompletionPlace): string {
  const indent = lineBefore(place);
  if (indent === '' || indent.trim() !== '') return text;
  const body = text.startsWith(indent) ? text.slice(indent.length) : text.replace(/^\n(?=\S)/, '');
  const [first = '', ...others] = body.split('\n');
  const isFromEdge =
    first.trim() !== '' && body.length === text.length && others.some((line) => /^[^\s)\]}]/.test(line));
  const closes = others.some((line) => /^[)\]}]/.test(line)) && /[{([]$/.test(first.trimEnd());
  if (!isFromEdge && !closes) return body;
  return [first, ...others.map((line) => (line === '' ? line : indent + line))].join('\n');
}
