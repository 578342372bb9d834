/** True when a glob matches the whole text. `*` matches any characters, also slashes, because model ids contain slashes; `?` one. */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'su').test(text);
}
