/**
 * Reads a path that a model wrote as one within a workspace folder, with forward slashes. Paths are hostile: what climbs out
 * (`..`), is absolute, names a drive or a server, or is a URI gives undefined, as does what no file is called.
 */
export function readWorkspacePath(text: string): string | undefined {
  const path = text
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > 400 || path.startsWith('/') || path.startsWith('~') || path.endsWith('/'))
    return undefined;
  // A colon makes a drive, a URI, or an alternate stream of a file; percent signs may hide dots from one reader and not another.
  // eslint-disable-next-line no-control-regex -- Control characters are what is looked for.
  if (/[:*?"<>|\u0000-\u001f\u007f]|%(?:2e|2f|5c|00)/i.test(path)) return undefined;
  // What is not seen, or turns the direction of reading, makes one name look like another.
  if (/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(path)) return undefined;
  const parts = path.split('/');
  const sound = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[. ]$/.test(part));
  // Git runs what stands in its own folder.
  return sound && !parts.some((part) => /^(?:\.git|git~\d)$/i.test(part)) ? path : undefined;
}

/** Whether a text looks like the name of a file: it has an extension, or is one of the well-known names without. */
export function looksLikeFile(text: string): boolean {
  if (/\s{2,}|[(){};=,]/.test(text) || text.length > 300) return false;
  const name = text.split(/[\\/]/).at(-1) ?? '';
  if (
    /^(?:Dockerfile|Makefile|Rakefile|Gemfile|Procfile|Jenkinsfile|Justfile|LICENSE|CMakeLists\.txt)$/i.test(
      name,
    )
  )
    return true;
  if (/^\.[a-z][\w.-]+$/i.test(name)) return true;
  return (
    /^[^\s.][^\s]*\.[a-z][a-z0-9_+-]{0,14}$/i.test(name.replaceAll(' ', '_')) &&
    !/^(?:e\.g|i\.e|etc)\.?$/i.test(name)
  );
}
