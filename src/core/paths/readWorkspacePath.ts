/** Longest path of a project that is accepted, in UTF-16 units. */
const longestPath = 400;
/** Longest part of a path: file systems allow 255 bytes. */
const longestPart = 255;

/** Characters that look like a slash or a backslash and would mislead a person who checks the path. */
const likeSlashes = /[\u2044\u2215\u2216\u29f5\u29f8\u29f9\ufe68\uff0f\uff3c]/;
/** Invisible characters and marks of text direction make one name look like another; some file systems ignore them. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Reads a path from a model's answer as a path inside a workspace folder. Such paths are hostile input.
 *
 * @returns The path, relative and with forward slashes. Undefined for a path that leaves the folder (`..`), is absolute, names
 *   a drive, a server or a URI, has a character that no file name has, means another file or a device on Windows, or belongs
 *   to a version control system (`.git`).
 */
export function readWorkspacePath(text: string): string | undefined {
  const path = text
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > longestPath || /^[/~]/.test(path)) return undefined;
  // A colon makes a drive, a URI or an alternate data stream. Percent escapes may hide dots and slashes from one reader only.
  if (/[:*?"<>|]|%(?:25|2e|2f|5c|00)/i.test(path)) return undefined;
  if (unseen.test(path) || likeSlashes.test(path)) return undefined;
  return path.split('/').every(isSafePart) ? path : undefined;
}

/**
 * True for a name that Windows reserves for a device (`CON`, `nul.txt`, `COM¹.log`). Opening such a name opens the device, in any
 * folder and with any extension. Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])[ .]*(?:\.|$)/i.test(name);
}

function isSafePart(part: string): boolean {
  if (part === '' || part.length > longestPart) return false;
  // Rejects `.` and `..` too. Windows ignores dots and spaces at the end of a name.
  if (/[. ]$/.test(part)) return false;
  // Windows also gives short names: `GIT~1` is `.git`.
  if (/^[^~]{1,8}~\d+(?:\.[^.]{0,3})?$/.test(part)) return false;
  // Git and Mercurial run programs that are configured in these folders.
  return !/^\.(?:git|hg|svn|bzr|jj)$/i.test(part) && !isDeviceName(part);
}
