import type { Attachment } from '../../shared/conversation/attachment';

const longestTitle = 60;
/** A pasted line may have megabytes; more than this of it, in UTF-16 units, is not looked at. */
const mostLookedAt = 2_000;

/** A conversation's first title: the prompt's first line, cut at a word, with the code it is about. */
export function titleFromPrompt(text: string, attachments: readonly Attachment[]): string {
  const line =
    text
      .split('\n', 20)
      .find((candidate) => candidate.trim() !== '')
      ?.trim() ?? '';
  const subject = attachments[0]?.name;
  const whole = subject === undefined || line.includes(subject) ? line : `${line} (${subject})`;
  return cutAtWord(whole.slice(0, mostLookedAt).replaceAll(/\s+/g, ' '));
}

/** A model's reply as a title: its first line, without the quotes, headings and full stops that models add; empty for none. */
export function titleFromModel(reply: string): string {
  const line = reply
    .split('\n')
    .map((candidate) => candidate.replace(/^[#>*\-\s]*(?:title|标题)\s*[:：]\s*/i, '').trim())
    .find((candidate) => candidate !== '');
  const bare = (line ?? '')
    .slice(0, mostLookedAt)
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
