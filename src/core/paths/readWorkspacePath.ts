import { isDeviceName } from './isDeviceName';

/** Longer than this, in UTF-16 units, no path of a project is, and no part of one, which file systems end at 255 bytes. */
const longestPath = 400;
const longestPart = 255;

/** What looks like a slash and is none, for the eye that checks a path. */
const likeSlashes = /[\u2044\u2215\u2216\u29f5\u29f8\u29f9\ufe68\uff0f\uff3c]/;
/** What is not seen, or turns the direction of reading, makes one name look like another; some file systems leave it out. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Reads a path that a model wrote as one within a workspace folder, with forward slashes. Paths are hostile: what climbs out
 * (`..`), is absolute, names a drive or a server, or is a URI gives undefined, as does what no file is called, what Windows
 * takes for something else, and what a version control keeps for itself.
 */
export function readWorkspacePath(text: string): string | undefined {
  const path = text
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > longestPath || /^[/~]/.test(path)) return undefined;
  // A colon makes a drive, a URI, or an alternate stream of a file; percent signs may hide dots from one reader and not another.
  if (/[:*?"<>|]|%(?:25|2e|2f|5c|00)/i.test(path)) return undefined;
  if (unseen.test(path) || likeSlashes.test(path)) return undefined;
  return path.split('/').every(isSoundPart) ? path : undefined;
}

function isSoundPart(part: string): boolean {
  if (part === '' || part.length > longestPart) return false;
  // Among them `.` and `..`; Windows opens the same file with dots and spaces behind its name.
  if (/[. ]$/.test(part)) return false;
  // The short names that Windows gives: `GIT~1` is `.git`.
  if (/^[^~]{1,8}~\d+(?:\.[^.]{0,3})?$/.test(part)) return false;
  // Git and Mercurial run what stands in their own folders.
  return !/^\.(?:git|hg|svn|bzr|jj)$/i.test(part) && !isDeviceName(part);
}
