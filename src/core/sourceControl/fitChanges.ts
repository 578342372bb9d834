import { omissionOf, type Omission } from './omissionOf';
import type { ChangedFile } from './readDiff';
import { renderHunks, summaryOf, type DiffStyle } from './renderHunks';
import { shareEvenly } from './shareEvenly';
import { tellingRank } from './tellingRank';
import { secretValuesIn, withoutKeys } from './withoutKeys';

/** What bounds the text. */
export interface FitLimits {
  /** Most tokens of the text. */
  readonly tokens: number;
  /** Estimates the tokens of a text for the model. */
  readonly count: (text: string) => number;
  /** True for a path that the workspace's ignore rules hide. */
  readonly isIgnored: (path: string) => boolean;
  readonly style: DiffStyle;
}

/** Changes as a text that fits into a model's window. */
export interface FittedChanges {
  /** '' if nothing has changed. Changes that are all omitted are named. */
  readonly text: string;
  /** How many files changed. */
  readonly total: number;
  /** The files whose change is in the text, completely or in part. */
  readonly whole: readonly string[];
  readonly partial: readonly string[];
  /** The files that are only named or counted, because there was no room. */
  readonly named: readonly string[];
  readonly omitted: readonly { readonly path: string; readonly why: Omission }[];
  /** How many keys inside other files were replaced. */
  readonly keys: number;
}

/** A file gets no share below this, in tokens: a few lines of every file tell less than the whole of some. */
const smallestShare = 80;
/** The share of the room that names of files take, at most. */
const namesShare = 0.3;
/** About the tokens of a line that names a file. */
const perName = 16;
/** So often the text is made smaller if the estimates of its parts were too low. */
const mostTries = 6;

/** English on purpose: only the model reads these words. */
const reasons: Readonly<Record<Omission, string>> = {
  secret: 'may hold secrets',
  ignored: 'ignored by .gitignore or the settings',
  binary: 'binary',
  lock: 'lock file',
  generated: 'generated',
};

/**
 * Writes changes as one text for a model. Files that no model should read are left out and named. The others share the room
 * evenly, the most telling files first: a file that needs less than its share leaves the rest to the others. Whole hunks come
 * before parts of hunks. Files without a share are named with their counts, and counted by folder when there are too many.
 * Whatever looks like a key is replaced.
 */
export function fitChanges(files: readonly ChangedFile[], limits: FitLimits): FittedChanges {
  const judged = files.map((file) => ({ file, why: omissionOf(file, limits.isIgnored) }));
  const omitted = judged.flatMap(({ file, why }) => (why === undefined ? [] : [{ path: file.path, why }]));
  const shown = judged.flatMap(({ file, why }) => (why === undefined ? [file] : []));
  const ranked = shown
    .map((file) => ({ file, rank: tellingRank(file.path, file.kind) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ file }) => file);
  const secrets = judged.flatMap(({ file, why }) => (why === 'secret' ? file.hunks : []));
  const values = secretValuesIn(secrets.flatMap(({ lines }) => lines.map((line) => line.slice(1))));
  const about = { total: files.length, omitted };
  if (files.length === 0) return { text: '', ...about, whole: [], partial: [], named: [], keys: 0 };
  let room = limits.tokens;
  for (let attempt = 0; ; attempt += 1) {
    const { text, ...kept } = write(ranked, omitted, values, { ...limits, tokens: room });
    const used = limits.count(text);
    if (used <= limits.tokens) return { text, ...about, ...kept };
    if (attempt === mostTries) {
      const cut = text.slice(0, Math.floor((text.length * limits.tokens) / (used * 1.2)));
      return { text: cut, ...about, ...kept, whole: [], partial: [...kept.whole, ...kept.partial] };
    }
    room = Math.floor(room * Math.min(0.8, limits.tokens / used));
  }
}

function write(
  ranked: readonly ChangedFile[],
  omitted: FittedChanges['omitted'],
  values: readonly string[],
  { tokens, count, style }: FitLimits,
): Omit<FittedChanges, 'total' | 'omitted'> {
  const mostNames = Math.max(3, Math.floor((tokens * namesShare) / perName));
  const candidates = ranked.slice(0, Math.max(1, Math.floor(tokens / smallestShare)));
  const others = ranked.slice(candidates.length);
  const footer = [
    nameAll('Also changed, not shown', others.map(summaryOf), others, Math.floor(mostNames / 2)),
    ...omissionLines(omitted, Math.ceil(mostNames / 2)),
  ].filter((line) => line !== '');
  const left = Math.max(0, tokens - footer.reduce((sum, line) => sum + count(line) + 1, 0));
  // A text this long cannot fit, so the rest of it is not counted.
  const longest = tokens * 8;
  const heads = candidates.map((file) => `## ${summaryOf(file)}`);
  const bodies = candidates.map((file) => renderHunks(file, style, longest, () => true).text);
  const headCosts = heads.map((head) => count(head) + 2);
  const needs = bodies.map((body) => (body === '' ? 0 : count(body) + 1));
  const room = left - headCosts.reduce((sum, cost) => sum + cost, 0);
  const shares = shareEvenly(needs, Math.max(0, room));
  const whole: string[] = [];
  const partial: string[] = [];
  const named: string[] = others.map(({ path }) => path);
  const blocks = candidates.map((file, index) => {
    const [head = '', body = '', share = 0, need = 0] = [
      heads[index],
      bodies[index],
      shares[index],
      needs[index],
    ];
    const rendered =
      share >= need && body.length < longest
        ? { text: body, isWhole: true }
        : renderHunks(file, style, longest, (text) => count(text) <= share);
    if (rendered.isWhole) whole.push(file.path);
    else if (rendered.text === '') named.push(file.path);
    else partial.push(file.path);
    return rendered.text === '' ? head : `${head}\n${rendered.text}`;
  });
  const { text, count: keys } = withoutKeys([...blocks, ...footer].join('\n\n'), values);
  return { text, whole, partial, named, keys };
}

/** A line for each reason. */
function omissionLines(omitted: FittedChanges['omitted'], mostNames: number): string[] {
  const byReason = new Map<Omission, string[]>();
  for (const { path, why } of omitted) byReason.set(why, [...(byReason.get(why) ?? []), path]);
  const each = Math.max(2, Math.floor(mostNames / Math.max(1, byReason.size)));
  return [...byReason].map(([why, paths]) =>
    nameAll(
      `Left out (${reasons[why]})`,
      paths,
      paths.map((path) => ({ path })),
      each,
    ),
  );
}

/** The longest name of a file in a list, in UTF-16 units. */
const longestName = 160;

/** `Title: a, b and 12 more (9 in src/, 3 in docs/)`. */
function nameAll(
  title: string,
  names: readonly string[],
  files: readonly { readonly path: string }[],
  most: number,
): string {
  if (names.length === 0) return '';
  const listed = names
    .slice(0, most)
    .map((name) => (name.length > longestName ? `…${name.slice(-longestName)}` : name));
  const rest = files.slice(most);
  if (rest.length === 0) return `${title}: ${listed.join(', ')}`;
  const folders = new Map<string, number>();
  for (const { path } of rest) {
    const folder = path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : './';
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const counts = [...folders].sort(([, one], [, other]) => other - one).slice(0, 6);
  const where = counts.map(([folder, amount]) => `${amount} in ${folder.slice(0, 60)}`).join(', ');
  return `${title}: ${listed.join(', ')} and ${rest.length} more (${where})`;
}
