/** The last part of a path with forward slashes: `c.ts` of `a/b/c.ts`; '' for a path that ends with a slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
