import { readUnifiedDiff } from '../edits/unifiedDiff';
import { looksLikeFile } from './workspacePath';

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

/**
 * The files that a code block names, the surest first: in its fence (`ts src/a.ts`, `ts:src/a.ts`, `title="a.ts"`), in a comment on
 * its first line, in a diff's headers, or in the words just before it.
 */
export function namedPaths({ text, info, before }: NamedBlock): readonly NamedPath[] {
  const found = [
    ...fencePaths(info).map((path) => ({ path, weight: 1 })),
    ...firstLinePaths(text).map((path) => ({ path, weight: 0.95 })),
    ...patchPaths(text).map((path) => ({ path, weight: 0.95 })),
    ...wordPaths(before),
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

function fencePaths(info: string): readonly string[] {
  const named = /\b(?:title|file_?name|file|path|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s,}"']+))/i.exec(
    info,
  );
  const value = named?.[1] ?? named?.[2] ?? named?.[3];
  if (value !== undefined) return withoutLines(value);
  const [first = '', ...rest] = info.trim().split(/\s+/);
  // `12:40:src/a.ts` is how some assistants cite lines of a file.
  const cited = /^\d+:\d+:(.+)$/.exec(first)?.[1];
  const afterColon = cited ?? /^[\w+#.-]*:(.+)$/.exec(first)?.[1];
  const candidates = afterColon === undefined ? [...rest, first] : [afterColon];
  return candidates.flatMap((candidate) => withoutLines(candidate.replace(/^[{("'`]+|[)}"'`]+$/g, '')));
}

function firstLinePaths(text: string): readonly string[] {
  const lines = text.split(/\r?\n/, 2);
  // A script's first line is for the shell.
  const line = (lines[0]?.startsWith('#!') === true ? lines[1] : lines[0]) ?? '';
  const comment = /^\s*(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|"""|''')\s*(.*?)\s*(?:\*\/|-->|"""|''')?\s*$/.exec(
    line,
  )?.[1];
  const path = comment
    ?.replace(/^(?:file(?:name)?|path|文件(?:名)?|路径)\s*[:：]\s*/i, '')
    .replace(/\s*\((?:new|updated|modified|excerpt|新建|修改)[^)]*\)$/i, '');
  return path === undefined || /\s/.test(path.trim()) ? [] : withoutLines(path.replace(/^`|`$/g, ''));
}

function patchPaths(text: string): readonly string[] {
  if (!/^--- .*\r?\n\+\+\+ /m.test(text)) return [];
  return readUnifiedDiff(text.split(/\r?\n/)).flatMap(({ oldPath, newPath }) =>
    [newPath, oldPath].filter((path) => typeof path === 'string'),
  );
}

/** Of the words before a block the last ones count most, and those that are set off as a name. */
function wordPaths(before: string): readonly NamedPath[] {
  const setOff = [...before.matchAll(/`([^`\n]+)`|\*\*([^*\n]+)\*\*|\[([^\]\n]+)\]\(([^)\s]+)\)/g)].flatMap(
    (match) => {
      const [text] = [match[1] ?? match[2] ?? match[3]];
      const near = before.length - match.index - match[0].length < 160;
      const paths = text === undefined ? [] : withoutLines(text.replace(/[:：]$/, '').replace(/^`|`$/g, ''));
      return paths.map((path) => ({ path, weight: near ? 0.8 : 0.45 }));
    },
  );
  const lastLine = before.trimEnd().split('\n').at(-1) ?? '';
  const plain = (lastLine.match(/[\p{L}\p{N}_.@~/\\-]+/gu) ?? []).flatMap((word) =>
    withoutLines(word.replace(/\.$/, '')).map((path) => ({ path, weight: 0.7 })),
  );
  const [nearest, ...others] = [...setOff.toReversed(), ...plain.toReversed()];
  // A name that is followed by another is the one that the sentence began with.
  return nearest === undefined
    ? []
    : [nearest, ...others.map((other) => ({ ...other, weight: other.weight * 0.8 }))];
}

/** `src/a.ts:12-30` and `src/a.ts#L12` name a file and lines; empty when it is no file's name. */
function withoutLines(text: string): readonly string[] {
  const path = text.trim().replace(/(?:#L?\d+(?:-L?\d+)?|:\d+(?:[-:]\d+)?)$/, '');
  return looksLikeFile(path) ? [path] : [];
}
