/** A folder of the workspace, and a path in it. */
export interface WorkspacePlace {
  /** Place of the folder among the workspace's folders, counted from 0. */
  readonly folder: number;
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
}

/**
 * Where a path may mean in a workspace, the likeliest place first: in the folder that it begins with, as Parley itself writes paths
 * in a workspace of several folders; in the folder that the user works in; in the others, in their order.
 *
 * @param path Relative, with forward slashes.
 * @param folders The names of the workspace's folders.
 * @param active Place of the folder of the active file; undefined when there is none.
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
 * An absolute path, or a `file:` URI, as a path relative to a folder, with forward slashes; undefined when it is not within it.
 *
 * @param folder The folder's own absolute path, as its system writes it.
 */
export function pathWithin(path: string, folder: string): string | undefined {
  const absolute = plainPath(path);
  const root = `${plainPath(folder).replace(/\/{1,9}$/, '')}/`;
  // Only drives have letters whose case does not count everywhere.
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
      // A percent sign that means itself.
      return text;
    }
  }
}
