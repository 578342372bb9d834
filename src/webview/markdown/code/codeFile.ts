/**
 * The file that a fence's info string names beside the language: `ts src/format.ts`, `ts:src/format.ts`, `ts
 * title="src/format.ts"`, or only the path. Undefined if it names none.
 */
export function codeFile(info: string): string | undefined {
  const text = info.trim().slice(0, 1_000);
  const [, double, single] =
    /(?:title|file(?:name|path)?|path)\s*[=:]\s*(?:"([^"]+)"|'([^']+)')/i.exec(text) ?? [];
  const quoted = double ?? single;
  if (quoted !== undefined) return quoted;
  const [first = '', ...others] = text.split(/\s+/);
  const afterColon = first.includes(':') ? first.slice(first.indexOf(':') + 1) : '';
  const bare = others.map((word) => word.replace(/^(?:title|file(?:name|path)?|path)[=:]/i, ''));
  return [afterColon, ...bare, /[\\/]/.test(first) ? first : ''].find(looksLikeFile);
}

function looksLikeFile(word: string): boolean {
  return /^[^\s{}"'`=<>|*?]+$/.test(word) && /(?:^|[^.\\/])\.\w{1,12}$|[\\/][\w.-]+$/.test(word);
}
