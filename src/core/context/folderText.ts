import { codeSpan, fenced } from '../text/escapeMarkdown';

/** A file in an attached folder. */
export interface FolderFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** Undefined when the file is binary or could not be read. */
  readonly text: string | undefined;
}

/** Longest text of an attached folder, in UTF-16 units. */
export const folderBudget = 60_000;
/** Longest listing of file names in it. */
const listingBudget = folderBudget / 4;

/** A folder as Markdown: the list of its files, then the text of those that fit. */
export interface FolderText {
  readonly text: string;
  /** True when something was left out. The text says what. */
  readonly truncated: boolean;
  /** How many files the folder has, and how many of them the text holds. */
  readonly amount: { readonly shown: number; readonly total: number };
}

/**
 * Lists a folder's files and adds the text of those that fit, files at the top of the tree first. Adds whole files only,
 * because half a file misleads the model. Names the files that were left out.
 *
 * @param moreFiles How many further files the folder has, which are not in `files`.
 */
export function describeFolder(files: readonly FolderFile[], moreFiles: number): FolderText {
  const sorted = files.toSorted(
    (left, right) => depth(left.path) - depth(right.path) || (left.path < right.path ? -1 : 1),
  );
  const listing = listFiles(sorted, moreFiles);
  let left = folderBudget - listing.text.length;
  const sections: string[] = [];
  const omitted: string[] = [];
  for (const { path, text } of sorted) {
    if (text === undefined) continue;
    const section = `${codeSpan(path)}:\n${fenced(text, '')}`;
    if (section.length + 2 > left) {
      omitted.push(path);
    } else {
      sections.push(section);
      left -= section.length + 2;
    }
  }
  const notice =
    omitted.length === 0
      ? []
      : [`Left out because they are long: ${nameSome(omitted)}. Ask for them when you need them.`];
  return {
    text: [listing.text, ...sections, ...notice].join('\n\n'),
    truncated: omitted.length > 0 || listing.truncated,
    amount: { shown: sections.length, total: files.length + moreFiles },
  };
}

function listFiles(files: readonly FolderFile[], moreFiles: number): Pick<FolderText, 'text' | 'truncated'> {
  const lines: string[] = [];
  let length = 0;
  for (const { path, text } of files) {
    const line = text === undefined ? `${path} (not text)` : path;
    length += line.length + 1;
    if (length > listingBudget) break;
    lines.push(line);
  }
  const unlisted = files.length - lines.length + moreFiles;
  if (unlisted > 0) lines.push(`… and ${unlisted} more`);
  return { text: fenced(lines.join('\n'), ''), truncated: unlisted > 0 };
}

function nameSome(paths: readonly string[]): string {
  const named = paths.slice(0, 20).map(codeSpan).join(', ');
  return paths.length > 20 ? `${named} and ${paths.length - 20} more` : named;
}

function depth(path: string): number {
  return path.split('/').length;
}
