/** A problem that a model found in changes. */
export interface Finding {
  /** One of the paths that were reviewed; undefined if the model named no file that it got. */
  readonly path: string | undefined;
  /** Counted from 1, as the model gave it: the line may not exist. Undefined if it named none. */
  readonly line: number | undefined;
  /** What is wrong, in the model's words, without the place. One paragraph or several. */
  readonly text: string;
}

/** The most findings that are read, and the longest text of one, in UTF-16 units. */
const mostFindings = 100;
const longestText = 4_000;
/** A longer answer is read up to here, in UTF-16 units. */
const longestAnswer = 400_000;
const largestLine = 10_000_000;

const pathKeys = ['path', 'file', 'filename', 'file_path', 'filePath', 'location'];
const lineKeys = ['line', 'startLine', 'start_line', 'line_number', 'lineNumber', 'lines', 'start'];
const textKeys = [
  'title',
  'message',
  'problem',
  'issue',
  'description',
  'comment',
  'body',
  'text',
  'detail',
  'details',
  'suggestion',
  'fix',
];

/**
 * Reads the problems from a model's review. Understands lists (`- src/a.ts:12 (bug): …`), headings and paragraphs that begin with
 * a place, and JSON in any of the usual forms, alone or in fences. Text without a place of a reviewed file is not a finding.
 * Never throws; linear time.
 *
 * @param paths The paths that were reviewed.
 */
export function readFindings(answer: string, paths: readonly string[]): Finding[] {
  const text = answer.slice(0, longestAnswer).replaceAll('\r\n', '\n');
  const findPath = pathFinder(paths);
  const structured = fromJson(text, findPath);
  return (structured.length > 0 ? structured : fromLines(text, findPath)).slice(0, mostFindings);
}

type PathFinder = (named: string) => string | undefined;

/** Finds the reviewed path that a model means: the same, or the only one that ends like it. Case does not matter. */
function pathFinder(paths: readonly string[]): PathFinder {
  const known = new Map<string, string | undefined>();
  for (const path of paths) {
    const parts = path.toLowerCase().split('/');
    for (let start = 1; start < parts.length; start += 1) {
      const ending = parts.slice(start).join('/');
      // The end of several paths means none of them.
      known.set(ending, known.has(ending) ? undefined : path);
    }
  }
  for (const path of paths) known.set(path.toLowerCase(), path);
  return (named) => {
    const plain = named
      .replaceAll('\\', '/')
      .replace(/^(?:\.\/|[ab]\/(?=.))/, '')
      .toLowerCase();
    return known.get(plain) ?? known.get(named.toLowerCase());
  };
}

function fromJson(text: string, findPath: PathFinder): Finding[] {
  const fences = [...text.matchAll(/^ {0,3}`{3,}(?:json5?|jsonc)?[ \t]*\n([^`]*)^ {0,3}`{3,}/gim)].map(
    ([, inside = '']) => inside,
  );
  const start = text.search(/[[{]/);
  const whole =
    start === -1 ? [] : [text.slice(start, Math.max(text.lastIndexOf(']'), text.lastIndexOf('}')) + 1)];
  for (const candidate of [...fences, ...whole]) {
    const findings = [...findingsIn(parsed(candidate), findPath, 0)];
    if (findings.length > 0) return findings;
  }
  return [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The answer is not JSON, or is cut.
    return undefined;
  }
}

function* findingsIn(value: unknown, findPath: PathFinder, depth: number): Generator<Finding> {
  if (depth > 6 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) yield* findingsIn(item, findPath, depth + 1);
    return;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const named = textOf(fields, pathKeys)[0];
  const place = named === undefined ? undefined : /^([^:#]*)(?:[:#]L?(\d{1,9}))?/.exec(named);
  const path = place?.[1] === undefined ? undefined : findPath(place[1].trim());
  const words = textOf(fields, textKeys).join('\n\n').trim();
  if (path !== undefined && words !== '') {
    yield { path, line: lineIn(fields) ?? numberIn(place?.[2]), text: words.slice(0, longestText) };
    return;
  }
  for (const inner of Object.values(fields)) yield* findingsIn(inner, findPath, depth + 1);
}

function textOf(fields: Readonly<Record<string, unknown>>, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return typeof value === 'string' && value.trim() !== '' ? [value] : [];
  });
}

function lineIn(fields: Readonly<Record<string, unknown>>): number | undefined {
  for (const key of lineKeys) {
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const line = numberIn(typeof first === 'number' ? String(first) : first);
    if (line !== undefined) return line;
  }
  return undefined;
}

function numberIn(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const number = Number(/\d{1,9}/.exec(value)?.[0] ?? Number.NaN);
  return Number.isInteger(number) && number >= 1 && number <= largestLine ? number : undefined;
}

/** A mark of a list, a heading or emphasis, and the place behind it. */
const itemStart =
  /^\s{0,12}(?:[-*+•]|\d{1,3}[.)、])?\s{0,4}(?:#{1,6} )?\s{0,2}(?:\*\*|__)?\s{0,2}(?:\[[\p{L} ]{1,20}\]|\([\p{L} ]{1,20}\)|(?:bug|critical|high|medium|low|major|minor|nit|security|error|warning|严重|警告|建议|错误)\s?[:：])?\s{0,2}(?:\*\*|__)?\s{0,2}/iu;
const placeAt =
  /^(?:(?:in|at|file|文件|在)\s{1,3})?[`"“[]?([^\s`"”\]()*:：,，#]{1,300})[`"”\]]?(?:\([^)\n]{0,300}\))?(?:[:#]L?(\d{1,9})(?:[-–:]L?\d{1,9})?)?[`"”\]]?(?:\([^)\n]{0,300}\))?/i;
const lineBehind =
  /^[\s,，(（:：*]{0,4}(?:(?:on |at )?lines?|L|第|行)\s{0,2}(\d{1,9})(?:\s{0,2}[-–~至到]\s{0,2}L?\d{1,9})?\s{0,2}行?/i;

function fromLines(text: string, findPath: PathFinder): Finding[] {
  const findings: { path: string; line: number | undefined; lines: string[]; indent: number }[] = [];
  let open = false;
  /** The file of a heading such as `## src/a.ts`, for the items below it. */
  let heading: string | undefined;
  let isCode = false;
  for (const line of text.split('\n')) {
    if (/^\s{0,12}(?:`{3,}|~{3,})/.test(line)) isCode = !isCode;
    const place = isCode ? undefined : placeOf(line, findPath);
    const inFile = isCode || heading === undefined || place !== undefined ? undefined : lineOf(line);
    if (place?.rest === '' && place.line === undefined) {
      heading = place.path;
      open = false;
    } else if (place !== undefined) {
      findings.push({ path: place.path, line: place.line, lines: [place.rest], indent: indentOf(line) });
      open = true;
    } else if (inFile !== undefined && heading !== undefined) {
      findings.push({ path: heading, line: inFile.line, lines: [inFile.rest], indent: indentOf(line) });
      open = true;
    } else if (open && continues(line, findings.at(-1)?.indent ?? 0))
      findings.at(-1)?.lines.push(line.trim());
    else if (line.trim() !== '') {
      open = false;
      if (/^#{1,6} /.test(line)) heading = undefined;
    }
  }
  return findings
    .map(({ path, line, lines }) => ({ path, line, text: lines.join('\n').trim().slice(0, longestText) }))
    .filter((finding) => finding.text !== '');
}

/** The place at the beginning of a line, and the text behind it. */
function placeOf(
  line: string,
  findPath: PathFinder,
): { readonly path: string; readonly line: number | undefined; readonly rest: string } | undefined {
  const start = itemStart.exec(line)?.[0] ?? '';
  const body = line.slice(start.length);
  const match = placeAt.exec(body);
  const path = match?.[1] === undefined ? undefined : findPath(match[1]);
  if (match === null || path === undefined) return undefined;
  const behind = body.slice(match[0].length);
  const later = match[2] === undefined ? lineBehind.exec(behind) : null;
  const label = /[[(（]?([\p{L} ]{2,20})[\])）:：]/u.exec(start)?.[1];
  const rest = withoutMarks(later === null ? behind : behind.slice(later[0].length));
  const said = label !== undefined && rest !== '' ? `${label.trim()}: ${rest}` : rest;
  return { path, line: numberIn(match[2] ?? later?.[1]), rest: said };
}

/** `- Line 12: …` below a heading with a file. */
function lineOf(line: string): { readonly line: number | undefined; readonly rest: string } | undefined {
  const body = line.slice(itemStart.exec(line)?.[0].length ?? 0);
  const match = lineBehind.exec(body);
  if (match === null) return undefined;
  const rest = withoutMarks(body.slice(match[0].length));
  return rest === '' ? undefined : { line: numberIn(match[1]), rest };
}

function withoutMarks(text: string): string {
  return text.replace(/^[\s*_`:：,，.)）\]–—-]{1,8}/, '').trim();
}

/** True for the lines of a finding below its first: they are indented further, or are empty. */
function continues(line: string, indent: number): boolean {
  return line.trim() === '' || indentOf(line) > indent;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
