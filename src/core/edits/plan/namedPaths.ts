import { readExactForm } from '../exact/readExactForm';
import { commentedPath, looksLikePath, withoutLabel } from '../paths/looksLikePath';

/** A path from an answer. It is untrusted text. */
export interface NamedPath {
  readonly path: string;
  /** How likely the block belongs to this file, from 0 to 1. */
  readonly weight: number;
}

/** A code block and its surroundings. */
export interface NamedBlock {
  readonly text: string;
  readonly info: string;
  readonly before: string;
}

/** How much of an info string and of a line is searched, in UTF-16 units. */
const longestInfo = 1_000;
const longestLine = 500;
/** How many lines of a block are searched for the headers of a patch. */
const mostLines = 1_000;
/** How much of the text before a block is searched, in UTF-16 units. */
const nearestWords = 2_000;

/**
 * Finds the files that a code block names, the likeliest first: in its fence (`ts src/a.ts`, `ts:src/a.ts`, `title="a.ts"`), in a
 * comment on its first line, in the headers of a diff, SEARCH/REPLACE block or patch, or in the text before it. Linear time.
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

/** The language of a fence in lower case: "ts" of `ts:src/a.ts`, "js" of `{.js title="a.js"}`; '' for none. */
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
  // Some assistants cite lines of a file as `12:40:src/a.ts`.
  const cited = /^\d+:\d+:(.+)$/.exec(first)?.[1];
  const afterColon =
    cited ?? (/^[A-Za-z]:[\\/]/.test(first) ? undefined : /^[\w+#.-]*:(.+)$/.exec(first)?.[1]);
  if (afterColon !== undefined)
    return pathIn([afterColon, ...rest].join(' '))
      .concat(pathIn(afterColon))
      .slice(0, 1);
  // Words with a folder before them may be one name with spaces: `ts docs/my file.ts`.
  const whole = rest.length > 1 ? pathIn(rest.join(' ')) : [];
  return whole.length > 0 ? whole : [...rest, first].flatMap((word) => pathIn(word));
}

/** First lines that may come before a comment with the path: a shebang, a doctype, a directive and the like. */
const preambles =
  /^(?:#!|<\?(?:php|xml)\b|<!doctype\b|['"]use (?:client|server|strict)['"]|#.{0,4}-\*-|\/\/ ?@ts-|\{-# ?LANGUAGE|package\s|---$)/i;

/** Paths in the block itself: in the headers of an exact form, otherwise in the comment on its first line. */
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
/** A path inside text of a script without spaces: `修改src/a.ts文件`. */
const plainPathWords = /[\w.@~/\\()[\]-]{1,300}/g;

/** Paths in the text before a block. Paths in backticks, bold or links count more, and so do those near the block. */
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
    // Abbreviations such as `z.B.` and `p.e.` are not paths.
    if (/^\p{L}\.\p{L}\.$/u.test(word)) return [];
    const paths = pathIn(word.replace(/[.:]+$/, ''));
    const inner =
      paths.length > 0 ? paths : (word.match(plainPathWords) ?? []).flatMap((each) => pathIn(each));
    return inner.map((path) => ({ path, weight: 0.7 }));
  });
  const [nearest, ...others] = [...setOff.toReversed(), ...plain.toReversed()];
  // Paths further away from the block count less than the nearest one.
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

/** The path in a text, without brackets and quotes around it and without line numbers; an empty list for other text. */
function pathIn(text: string): readonly string[] {
  const path = withoutWrapping(text.trim()).replace(/(?:#L?\d+(?:-L?\d+)?|:\d+(?:[-:]\d+)?)$/, '');
  return looksLikePath(path) ? [path] : [];
}

/** Removes brackets and quotes around a path. A pair inside the path belongs to it, as in `app/(shop)/[id].tsx`. */
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
