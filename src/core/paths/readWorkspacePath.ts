import { isDeviceName } from './isDeviceName';

/** The longest path, and the longest name in it, in UTF-16 units. File systems limit a name to 255 bytes. */
const longestPath = 400;
const longestPart = 255;

/** Characters that look like a slash or a backslash to a person who checks a path. */
const likeSlashes = /[\u2044\u2215\u2216\u29f5\u29f8\u29f9\ufe68\uff0f\uff3c]/;
/** Invisible characters, and characters that change the direction of text, make one name look like another. Some file systems ignore them. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Reads a path that a model wrote, which may be hostile. Returns the path within a workspace folder, with forward slashes.
 * Returns undefined for a path that leaves the folder (`..`), an absolute path, a drive, a server, a URI, a name that no file can
 * have, a name that Windows reads differently, and the folders of version control.
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
