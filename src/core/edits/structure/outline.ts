import { isCommentLine } from '../lines/commentText';
import { itemKey, type ItemKey } from '../lines/itemKey';
import { readLineFacts, type LineFacts } from '../lines/lineFacts';
import { plainLine } from '../lines/plainLine';

/** A part of a text: a declaration, an element or a statement with its content. Lines are counted from 0, ends not included. */
export interface OutlineItem {
  /** The first line of the comments and decorators right above the part; `start` without any. */
  readonly lead: number;
  readonly start: number;
  readonly end: number;
  /** The part's own lines, at its own depth: its first line, `} else {`, its closing line. */
  readonly rows: readonly number[];
  /** The content after each own line, without blank lines at its edges; undefined where there is none. */
  readonly bodies: readonly (Body | undefined)[];
  readonly key: ItemKey | undefined;
}

/** Lines inside a part. */
export interface Body {
  readonly start: number;
  readonly end: number;
}

/** A text that is prepared for outlining. */
export interface OutlinedText {
  readonly lines: readonly string[];
  readonly facts: readonly LineFacts[];
  /** How many lines may still be visited. After that, ends are found by indentation alone. Bounds the time. */
  readonly budget: { left: number };
  /** The kind of lines that begin a section: `[section]` or `# Heading`; undefined for texts without sections. */
  readonly sections: 'brackets' | 'headings' | undefined;
}

/** The line that replaces a placeholder in an outline. It is a part without content. */
export const gapLine = '…';

/** The deepest level that is outlined. */
const deepest = 60;

/**
 * Prepares a text for outlining.
 *
 * @param language The language of the fence, or VS Code's language id; '' when unknown.
 */
export function outlinedText(lines: readonly string[], language: string): OutlinedText {
  const budget = { left: 200_000 + lines.length * 40 };
  return { lines, facts: readLineFacts(lines), budget, sections: sectionsOf(lines, language) };
}

function sectionsOf(lines: readonly string[], language: string): OutlinedText['sections'] {
  if (/^(?:md|mdx|markdown)$/i.test(language)) return 'headings';
  if (/^(?:toml|ini|cfg|conf|properties|editorconfig|gitconfig|desktop|service)$/i.test(language))
    return 'brackets';
  if (language !== '') return undefined;
  const isSection = (line: string): boolean => /^\[{1,2}[\w."' :-]{1,100}\]{1,2}\s*$/.test(line);
  return lines.some((line, at) => isSection(line) && /^[\w."-]{1,100}\s?=/.test(lines[at + 1] ?? ''))
    ? 'brackets'
    : undefined;
}

/** The outermost parts of the lines `low` to `high`, in order. */
export function outline(text: OutlinedText, low = 0, high = text.lines.length): readonly OutlineItem[] {
  if (text.sections !== undefined && low === 0 && high === text.lines.length) return sectionItems(text);
  return plainItems(text, low, high);
}

/** The parts in a body, in order; an empty list below the deepest level. */
export function outlineBody(text: OutlinedText, body: Body, depth: number): readonly OutlineItem[] {
  if (depth > deepest) return [];
  return text.sections === 'headings'
    ? sectionItems(text, body.start, body.end)
    : plainItems(text, body.start, body.end);
}

function plainItems(text: OutlinedText, low: number, high: number): readonly OutlineItem[] {
  const { facts, lines } = text;
  const items: OutlineItem[] = [];
  let lead: number | undefined;
  let at = low;
  while (at < high) {
    const fact = facts[at];
    if (fact === undefined || fact.isBlank) {
      // A blank line separates a comment from the part below, but not a decorator.
      if (lead !== undefined && !isDecorator(lines[at - 1] ?? '')) {
        items.push(commentItem(lead, at));
        lead = undefined;
      }
      at++;
      continue;
    }
    if (isLead(text, at)) {
      lead ??= at;
      at = isDecorator(lines[at] ?? '') ? itemEnd(text, at, high) : at + 1;
      while (at < high && facts[at]?.isInside === true) at++;
      continue;
    }
    const end = itemEnd(text, at, high);
    items.push(readItem(text, lead ?? at, at, end));
    lead = undefined;
    at = end;
  }
  if (lead !== undefined) items.push(commentItem(lead, high));
  return items;
}

function commentItem(start: number, end: number): OutlineItem {
  return { lead: start, start, end, rows: [start], bodies: [undefined], key: undefined };
}

function isLead(text: OutlinedText, at: number): boolean {
  const line = text.lines[at] ?? '';
  return text.facts[at]?.isComment === true || isDecorator(line);
}

/** True for `@decorator`, `#[attribute]` and `[Attribute]`, and false for an at-rule of CSS. */
function isDecorator(line: string): boolean {
  const text = line.trim();
  if (/^@[\p{L}_]/u.test(text))
    return (
      !/[{;]$/.test(text) &&
      !/^@(?:media|import|charset|layer|font-face|keyframes|tailwind|apply|include|extend|use|forward|mixin|if|else|end)/.test(
        text,
      )
    );
  return /^#!?\[.{1,200}\]$/.test(text) || /^\[[A-Z][\w.]{0,60}(?:\(.{0,200}\))?\]$/.test(text);
}

const wordClosers =
  /^(?:end|fi|done|esac|endif|endfor|endwhile|endfunction|endclass|endmodule|wend|loop|next|until)(?![\w$])/i;
const goesOn = /^(?:\}\s?)?(?:else|elif|elsif|elseif|except|catch|finally|rescue|ensure|then|do)(?![\w$-])/;
const labelLine = /^(?:case\s.{1,200}|default|public|private|protected|signals)\s?:(?!:)/;

/** The line after the part that begins at `start`, found by brackets, or by indentation if the brackets do not close. */
function itemEnd(text: OutlinedText, start: number, high: number): number {
  const first = text.facts[start];
  if (first === undefined || text.lines[start]?.trim() === gapLine) return start + 1;
  const byBrackets = text.budget.left > 0 ? endBy(text, start, high, true) : undefined;
  if (byBrackets !== undefined) return byBrackets;
  return endBy(text, start, high, false) ?? start + 1;
}

/** The line after a part; undefined when `brackets` is true and they are still open at the end of the text. */
function endBy(text: OutlinedText, start: number, high: number, brackets: boolean): number | undefined {
  const { facts, lines } = text;
  const depth = facts[start]?.width ?? 0;
  let open = brackets ? (facts[start]?.delta ?? 0) : 0;
  const isLabel = labelLine.test((lines[start] ?? '').trim());
  let end = start + 1;
  let hasBody = false;
  for (let at = start + 1; at < high; at++) {
    const fact = facts[at];
    text.budget.left--;
    if (fact === undefined) break;
    if (fact.isBlank && !fact.isInside) continue;
    const line = (lines[at] ?? '').trim();
    const isDeeper = fact.isInside || fact.width > depth;
    if (!isDeeper) {
      const isOpen = brackets && open > 0;
      // The part of a label ends at the next label or at the closing bracket of the `switch`.
      if (isLabel && open <= 0 && fact.width <= depth) break;
      if (!isOpen) {
        const opens =
          !hasBody &&
          fact.width === depth &&
          line.startsWith('{') &&
          !/[;,{]$/.test((lines[start] ?? '').trim());
        const closes =
          fact.width === depth && (wordClosers.test(line) || (!brackets && /^[)\]}]|^<\//.test(line)));
        const continues = fact.width === depth && hasBody && goesOn.test(line);
        if (!opens && !closes && !continues) break;
        end = at + 1;
        if (brackets) open += fact.delta;
        if (closes && (brackets ? open : 0) <= 0 && !/[{(:[]$|^[)\]}].*(?:else|catch|while)/.test(line))
          break;
        continue;
      }
      if (open + fact.delta < 0) break;
    }
    if (isDeeper) hasBody = true;
    if (brackets && !(fact.isInside && fact.delta === 0)) open += fact.delta;
    end = at + 1;
  }
  return brackets && open > 0 ? undefined : end;
}

function readItem(text: OutlinedText, lead: number, start: number, end: number): OutlineItem {
  const { facts, lines } = text;
  const depth = facts[start]?.width ?? 0;
  const rows: number[] = [start];
  for (let at = start + 1; at < end; at++) {
    const fact = facts[at];
    if (fact === undefined || fact.isBlank || fact.isInside || fact.width > depth) continue;
    const line = (lines[at] ?? '').trim();
    if (line === gapLine || labelLine.test(line) || isWithinLabel(text, start, at)) continue;
    rows.push(at);
  }
  const bodies = rows.map((row, index) => trimBody(text, row + 1, rows[index + 1] ?? end));
  const [, second] = rows;
  const head = lines[start] ?? '';
  const closesHead =
    second !== undefined &&
    /^\s*(?:\)|\{|>)/.test(lines[second] ?? '') &&
    /[{:]\s*$/.test(lines[second] ?? '');
  const key = itemKey(closesHead ? `${head} ${lines[second] ?? ''}` : head, end > start + 1);
  return { lead, start, end, rows, bodies, key };
}

/** True for a line at the part's own depth below a label: in C and Go, labels have the depth of `switch`. */
function isWithinLabel(text: OutlinedText, start: number, at: number): boolean {
  const line = (text.lines[at] ?? '').trim();
  if (/^[)\]}]/.test(line)) return false;
  for (let above = at - 1; above > start; above--) {
    const fact = text.facts[above];
    if (fact === undefined || fact.isBlank || fact.width > (text.facts[start]?.width ?? 0)) continue;
    return labelLine.test((text.lines[above] ?? '').trim());
  }
  return false;
}

function trimBody({ facts }: OutlinedText, low: number, high: number): Body | undefined {
  let start = low;
  let end = high;
  while (start < end && facts[start]?.isBlank === true) start++;
  while (end > start && facts[end - 1]?.isBlank === true) end--;
  return start < end ? { start, end } : undefined;
}

function headingLevel({ lines, facts, sections }: OutlinedText, at: number): number {
  const line = lines[at] ?? '';
  if (facts[at]?.isInside === true) return 0;
  if (sections === 'brackets') return /^\[{1,2}[^[\]]{1,200}\]{1,2}\s*$/.test(line) ? 1 : 0;
  return sections === 'headings' ? (/^(#{1,6})\s/.exec(line)?.[1]?.length ?? 0) : 0;
}

/** The sections of a text. A section extends to the next heading of its level. */
function sectionItems(text: OutlinedText, low = 0, high = text.lines.length): readonly OutlineItem[] {
  const heads: { at: number; level: number }[] = [];
  let fence: string | undefined;
  for (let at = low; at < high; at++) {
    const mark =
      text.sections === 'headings' ? /^\s{0,3}(`{3,}|~{3,})/.exec(text.lines[at] ?? '')?.[1] : undefined;
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const level = fence === undefined ? headingLevel(text, at) : 0;
    if (level > 0) heads.push({ at, level });
  }
  const [first] = heads;
  if (first === undefined) return plainItems(text, low, high);
  const outermost = Math.min(...heads.map(({ level }) => level));
  const items = first.at > low ? [...plainItems(text, low, first.at)] : [];
  const own = heads.filter(({ level }, index) => level === outermost || index === 0);
  const leads = own.map(({ at }, index) => leadAbove(text, at, (own[index - 1]?.at ?? low - 1) + 1));
  for (const [index, { at }] of own.entries()) {
    const body = trimBody(text, at + 1, leads[index + 1] ?? high);
    const comments = leads[index] ?? at;
    items.push({
      lead: comments,
      start: at,
      end: body?.end ?? at + 1,
      rows: [at],
      bodies: [body],
      key: itemKey(text.lines[at] ?? '', true),
    });
  }
  return items;
}

function leadAbove(text: OutlinedText, start: number, low: number): number {
  let lead = start;
  if (text.sections !== 'brackets') return lead;
  while (lead > low && isCommentLine(text.lines[lead - 1] ?? '')) lead--;
  return lead;
}

/** The text of a part in the form in which parts are compared: plain lines without blank lines. */
export function plainText(text: OutlinedText, { start, end }: Body): string {
  const plain: string[] = [];
  for (let at = start; at < end; at++) {
    const line = plainLine(text.lines[at] ?? '');
    if (line !== '') plain.push(line);
  }
  return plain.join('\n');
}
