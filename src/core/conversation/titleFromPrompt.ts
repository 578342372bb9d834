import type { Attachment } from '../../shared/conversation/attachment';

/** Longest title, in characters (grapheme clusters). */
const longestTitle = 60;
/** How much of a line is read, in UTF-16 units: a pasted line may have megabytes. */
const longestLine = 2_000;

/** The first title of a conversation: the first line of the prompt and the name of the first attachment, cut at a space. */
export function titleFromPrompt(text: string, attachments: readonly Attachment[]): string {
  const line =
    text
      .split('\n', 20)
      .find((candidate) => candidate.trim() !== '')
      ?.trim() ?? '';
  const subject = attachments[0]?.name;
  const whole = subject === undefined || line.includes(subject) ? line : `${line} (${subject})`;
  return cutAtWord(whole.slice(0, longestLine).replaceAll(/\s+/g, ' '));
}

/** The title in a model's reply: its first line without quotes, heading marks, labels and full stop; '' when there is none. */
export function titleFromModel(reply: string): string {
  const line = reply
    .split('\n')
    .map((candidate) => candidate.replace(/^[#>*\-\s]*(?:title|标题)\s*[:：]\s*/i, '').trim())
    .find((candidate) => candidate !== '');
  const bare = (line ?? '')
    .slice(0, longestLine)
    .replace(/^(?:[-+]\s)?[#>\s*_`"'“‘«「『《]*/u, '')
    .replace(/[\s*_`"'”’»」』》.。]+$/u, '');
  return cutAtWord(bare.replaceAll(/\s+/g, ' '));
}

function cutAtWord(text: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  if (characters.length <= longestTitle) return text;
  const cut = characters.slice(0, longestTitle - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > longestTitle / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
