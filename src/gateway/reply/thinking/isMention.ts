/**
 * True if a closing mark is only mentioned: `The </think> tag ends …`, `"</think>"`, `模型输出</think>之后`. A mark that really
 * ends reasoning is at the start or end of a line, after the end of a sentence, or between words that do not refer to it.
 *
 * @param before The text before the mark; the last 40 characters are enough.
 * @param after The text after the mark; the first 24 characters are enough.
 */
export function isMention(before: string, after: string): boolean {
  if (isQuoted(before, after) || punctuationAfter.test(after) || nounAfter.test(after)) return true;
  if (/(?:^|\n)[ \t]*$/.test(before)) return verbAfterFirst.test(after);
  const endsSentence = /[.!?。！？…)"”’\]*]\s*$/.test(before);
  // A mark after truncated reasoning has no space before it; a mark in a sentence has one.
  if (/^[ \t]*(?:\r?\n|$)/.test(after)) {
    return !endsSentence && (leadsToMark.test(before) || /[\p{L}][ \t]+$/u.test(before));
  }
  if (endsSentence) return /^[ \t]+[a-z]/.test(after);
  if (leadsToMark.test(before) || verbAfter.test(after)) return true;
  const spacedAfter = /^[ \t]/.test(after);
  return spacedAfter && /^[ \t]+[a-z\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]/.test(after);
}

/** True if an opening mark at the start of an answer is only mentioned: `<think> and </think> are …`. `after` is the text after it. */
export function isOpeningMention(after: string): boolean {
  return /^(?:[ \t]*(?:和|与|與|或|及|、|标签|標籤|标记|標記|是)|[ \t]+(?:and|or|to|is|are|tags?|marks?|tokens?|means?|und|et|y|e|и)\b|[ \t]*(?:[,)/&`"'，）]|\.{3}|…))/u.test(
    after,
  );
}

const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '«': '»',
  '「': '」',
  '『': '』',
  '（': '）',
  '(': ')',
  '【': '】',
  '《': '》',
  '„': '“',
};

function isQuoted(before: string, after: string): boolean {
  const closing = quotes[before.at(-1) ?? ''];
  return closing !== undefined && after.startsWith(closing);
}

/** Punctuation that continues a sentence and that no answer begins with. */
const punctuationAfter = /^[ \t]*(?:[,.;:!?](?:\s|$)|[)\]}，。；：！？、）」』”’»])/;

/** Words such as "tag" after a mark. */
const nounAfter =
  /^[ \t]*(?:(?:closing |end |ending )?(?:tags?|tokens?|marks?|markers?|elements?|delimiters?|strings?|sequences?)\b|标签|標籤|标记|標記|符号|符號|令牌|タグ|태그|тег|balise|etiqueta)/;

/** Words after a mark that make it a part of a sentence. */
const verbAfter =
  /^[ \t]*(?:(?:is|are|was|were|ends?|closes?|marks?|means?|and|or|should|must|has|tells?|indicates?|signals?|appears?|comes|to|as|in|before|after|when|then|at|für|ist|est|es|e|o|y|et|und|oder)\b|的|是|这个|這個|之后|之後|之前|前|后|後|来|來|表示|作为|作為|结束|結束|等|和|与|與|或|及|就|会|會|を|が|は|で|と)/;

/** The same after a mark at the start of a line. Fewer words, because an answer may start there, too. */
const verbAfterFirst =
  /^[ \t]+(?:is|are|was|were|ends?|closes?|marks?|means?|and|or|should|must|has|tells?|indicates?|signals?)\b|^[ \t]*(?:是(?!的|[，。！])|表示|作为|作為|之后|之後|之前)/;

/** Words before a mark that make it a part of a sentence. */
const leadsToMark =
  /(?:\b(?:the|an?|with|by|of|and|or|tags?|tokens?|closing|opening|is|like|emits?|outputs?|writes?|prints?|until|to|at|as|no|missing|without|a|called|named|and|vs|than|use|uses|using|before|after|between|from|see|sees|find|le|la|el|der|die|das|mit|und|avec|con)[ \t]*|标签|標籤|标记|標記|使用|输出|輸出|以|用|写|寫|写出|到|是|为|為|即|如|和|与|與|或|遇到|看到|出现|出現|[:：])[ \t]*$/i;
