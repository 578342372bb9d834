/** A workspace folder and a path in it. */
interface WorkspacePlace {
  /** Index of the workspace folder. */
  readonly folder: number;
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
}

/**
 * The possible places of a relative path in a workspace, the likeliest first: in the folder whose name is its first part (Parley
 * writes paths in this form if there are several folders), in the folder of the active file, in the other folders.
 *
 * @param path Relative, with forward slashes.
 * @param folders The names of the workspace folders.
 * @param active Index of the folder of the active file; undefined without one.
 */
export function workspacePlaces(
  path: string,
  folders: readonly string[],
  active: number | undefined,
): readonly WorkspacePlace[] {
  const indexes = folders.map((_, folder) => folder);
  const inOrder = [
    ...indexes.filter((folder) => folder === active),
    ...indexes.filter((folder) => folder !== active),
  ];
  const named =
    folders.length < 2 ? [] : inOrder.filter((folder) => path.startsWith(`${folders[folder] ?? ''}/`));
  return [
    ...named.map((folder) => ({ folder, path: path.slice((folders[folder] ?? '').length + 1) })),
    ...inOrder.map((folder) => ({ folder, path })),
  ];
}

/**
 * Converts an absolute path or a `file:` URI to a path relative to a folder, with forward slashes.
 *
 * @param folder The absolute path of the folder, in the form of its operating system.
 * @returns Undefined when the path is not in the folder.
 */
export function pathWithin(path: string, folder: string): string | undefined {
  const absolute = plainPath(path);
  const root = `${plainPath(folder).replace(/\/{1,9}$/, '')}/`;
  // Case is ignored only on Windows, recognised by a drive letter.
  const isWithin =
    absolute.startsWith(root) ||
    (/^[A-Z]:\//i.test(root) && absolute.toLowerCase().startsWith(root.toLowerCase()));
  return isWithin && absolute.length > root.length ? absolute.slice(root.length) : undefined;
}

function plainPath(path: string): string {
  const local = /^file:\/\/(?:localhost)?(\/.*)$/i.exec(path)?.[1];
  return decoded(local ?? path)
    .replaceAll('\\', '/')
    .replace(local === undefined ? /^$/ : /^\/(?=[A-Z]:\/)/i, '');

  function decoded(text: string): string {
    if (local === undefined) return text;
    try {
      return decodeURIComponent(text);
    } catch {
      // The percent sign is not an escape: the path is not encoded.
      return text;
    }
  }
}
