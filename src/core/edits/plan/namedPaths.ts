import { readExactForm } from '../exact/readExactForm';
import { commentedPath, looksLikePath, withoutLabel } from '../paths/looksLikePath';

/** A file's name as an answer gives it; it may be anything and is not to be trusted. */
export interface NamedPath {
  readonly path: string;
  /** How surely the block is about this file, from 0 to 1. */
  readonly weight: number;
}

/** A code block and what stands around it. */
export interface NamedBlock {
  readonly text: string;
  readonly info: string;
  readonly before: string;
}

/** Longer fences and lines name no file, in UTF-16 units. */
const longestInfo = 1_000;
const longestLine = 500;
/** A patch says its first file's name early. */
const mostLines = 1_000;
/** Only the words just before a block speak of it. */
const nearestWords = 2_000;

/**
 * The files that a code block names, the surest first: in its fence (`ts src/a.ts`, `ts:src/a.ts`, `title="a.ts"`), in a comment on
 * its first line, in the headers of a diff, a SEARCH/REPLACE or a patch, or in the words just before it. Takes time in proportion
 * to the block's length.
 */
export function namedPaths({ text, info, before }: NamedBlock): readonly NamedPath[] {
  const found = [
    ...fencePaths(info.slice(0, longestInfo)).map((path) => ({ path, weight: 1 })),
    ...ownPaths(text, info).map((path) => ({ path, weight: 0.95 })),
    ...wordPaths(before.slice(-nearestWords)),
  ];
  const best = new Map<string, NamedPath>();
  for (const named of found) {
    const path = named.path.replace(/^(?:\.\/)+/, '');
    if ((best.get(path)?.weight ?? 0) < named.weight) best.set(path, { path, weight: named.weight });
  }
  return [...best.values()].sort((left, right) => right.weight - left.weight);
}

/** The language that a fence names: "ts" of `ts:src/a.ts`, "js" of `{.js title="a.js"}`; '' when there is none. */
export function fenceLanguage(info: string): string {
  const [first = ''] = info
    .trim()
    .replace(/^\{\s*\.?/, '')
    .split(/[\s,;{}]/);
  const name = first.split(':')[0] ?? '';
  return /[\\/=]/.test(name) || /\w\.\w/.test(name) ? '' : name.toLowerCase();
}

const attribute =
  /(?:^|[\s{,])["']?(?:title|file[_-]?name|file[_-]?path|file|path|name)["']?\s{0,4}[=:]\s{0,4}(?:"([^"]{1,400})"|'([^']{1,400})'|`([^`]{1,400})`|([^\s,}"'`]{1,400}))/i;

function fencePaths(info: string): readonly string[] {
  const named = attribute.exec(info);
  const value = named?.[1] ?? named?.[2] ?? named?.[3] ?? named?.[4];
  if (value !== undefined) return pathIn(value);
  const [first = '', ...rest] = info.trim().split(/\s+/);
  // `12:40:src/a.ts` is how some assistants cite lines of a file.
  const cited = /^\d+:\d+:(.+)$/.exec(first)?.[1];
  const afterColon =
    cited ?? (/^[A-Za-z]:[\\/]/.test(first) ? undefined : /^[\w+#.-]*:(.+)$/.exec(first)?.[1]);
  if (afterColon !== undefined)
    return pathIn([afterColon, ...rest].join(' '))
      .concat(pathIn(afterColon))
      .slice(0, 1);
  // A name with blanks is one name when a folder comes first: `ts docs/my file.ts`.
  const whole = rest.length > 1 ? pathIn(rest.join(' ')) : [];
  return whole.length > 0 ? whole : [...rest, first].flatMap((word) => pathIn(word));
}

/** What a first line may be that is not the file's own: what a shell, an interpreter or a browser reads first. */
const preambles =
  /^(?:#!|<\?(?:php|xml)\b|<!doctype\b|['"]use (?:client|server|strict)['"]|#.{0,4}-\*-|\/\/ ?@ts-|\{-# ?LANGUAGE|package\s|---$)/i;

/** What the block itself says: the headers of an exact form, else the comment on its first line. */
function ownPaths(text: string, info: string): readonly string[] {
  const paths = patchPaths(text, info);
  return paths.length > 0 ? paths : commentPaths(text);
}

function commentPaths(text: string): readonly string[] {
  const lines = text.slice(0, 4 * longestLine).split(/\r?\n/, 4);
  const line = lines.find((each) => each.trim() !== '' && !preambles.test(each.trim()));
  const path = line === undefined || line.length > longestLine ? undefined : commentedPath(line);
  return path === undefined ? [] : pathIn(path);
}

function patchPaths(text: string, info: string): readonly string[] {
  const patches = readExactForm(text.split(/\r?\n/, mostLines), info) ?? [];
  return patches.flatMap(({ oldPath, newPath }) =>
    [newPath, oldPath].filter((path) => typeof path === 'string'),
  );
}

const setOffs = /`([^`\n]{1,300})`|\*\*([^*\n]{1,300})\*\*|\[([^\]\n]{1,300})\]\(([^)\s]{1,300})\)/g;
const pathWords = /[\p{L}\p{N}_.@~/\\()[\]:-]{1,300}/gu;
/** A path within words of a script that sets no blanks: `修改src/a.ts文件`. */
const plainPathWords = /[\w.@~/\\()[\]-]{1,300}/g;

/** Of the words before a block the last ones count most, and those that are set off as a name. */
function wordPaths(before: string): readonly NamedPath[] {
  const setOff = [...before.matchAll(setOffs)].flatMap((match) => {
    const near = before.length - match.index - match[0].length < 160;
    const texts = [match[1] ?? match[2] ?? match[3] ?? '', match[4] ?? ''];
    const [path] = texts.flatMap((text) => pathIn(withoutLabel(text.replace(/[:：]$/, ''))));
    return path === undefined ? [] : [{ path, weight: near ? 0.8 : 0.45 }];
  });
  const lastLine = before.trimEnd().split('\n').at(-1) ?? '';
  const words =
    lastLine
      .slice(-longestLine)
      .replaceAll(/\b[a-z]{2,10}:\/\/\S{1,300}/gi, ' ')
      .match(pathWords) ?? [];
  const plain = words.flatMap((word) => {
    // `z.B.` and `p.e.` are words.
    if (/^\p{L}\.\p{L}\.$/u.test(word)) return [];
    const paths = pathIn(word.replace(/[.:]+$/, ''));
    const inner =
      paths.length > 0 ? paths : (word.match(plainPathWords) ?? []).flatMap((each) => pathIn(each));
    return inner.map((path) => ({ path, weight: 0.7 }));
  });
  const [nearest, ...others] = [...setOff.toReversed(), ...plain.toReversed()];
  // A name that is followed by another is the one that the sentence began with.
  return nearest === undefined
    ? []
    : [nearest, ...others.map((other) => ({ ...other, weight: other.weight * 0.8 }))];
}

const pairs: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '「': '」',
  '《': '》',
};

/** The path that a text is, once brackets and quotes around it and lines behind it are off; empty when it is none. */
function pathIn(text: string): readonly string[] {
  const path = withoutWrapping(text.trim()).replace(/(?:#L?\d+(?:-L?\d+)?|:\d+(?:[-:]\d+)?)$/, '');
  return looksLikePath(path) ? [path] : [];
}

/** Brackets belong to a path when both are in it, as in `app/(shop)/[id].tsx`. */
function withoutWrapping(text: string): string {
  let path = text;
  for (;;) {
    const first = path.at(0) ?? '';
    const last = path.at(-1) ?? '';
    const close = pairs[first];
    if (close !== undefined && !path.slice(1, -1).includes(close))
      path = path.slice(1, last === close ? -1 : undefined);
    else if (isLoneClose(path, last)) path = path.slice(0, -1);
    else return path;
  }
}

function isLoneClose(path: string, last: string): boolean {
  const open = Object.entries(pairs).find(([, close]) => close === last)?.[0];
  if (open === undefined) return false;
  return open === last ? path.indexOf(last) === path.length - 1 : !path.includes(open);
}
