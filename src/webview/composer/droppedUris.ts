/** The formats of dragged data, as `DataTransfer` names them. */
interface DragData {
  readonly types: readonly string[];
  getData(type: string): string;
}

/** VS Code's explorer and editor tabs provide the first two; the file managers of some systems provide the last. */
const listTypes = ['application/vnd.code.uri-list', 'text/uri-list'] as const;
/** VS Code's older format: a JSON array of URIs. */
const jsonType = 'resourceurls';
const most = 100;
const longest = 8_192;

/** Web pages are links, not files: dropping one inserts its address. */
const web = /^(?:https?|data|blob|javascript|mailto):/iu;
const scheme = /^[a-z][a-z\d+.-]*:/iu;

/** The URIs of dropped files and folders without duplicates; empty if something else was dropped. */
export function droppedUris(data: DragData): readonly string[] {
  const lists = listTypes.map((type) => data.getData(type).split(/\r?\n/u));
  const found = [...lists, fromJson(data.getData(jsonType))]
    .map((list) => list.map((line) => line.trim()).filter(isFile))
    .find((list) => list.length > 0);
  return [...new Set(found ?? [])].slice(0, most);
}

/** True if a drag may contain something to attach. During a drag, the browser tells only the formats. */
export function bringsFiles({ types }: DragData): boolean {
  return types.some((type) => ['files', jsonType, 'codefiles', ...listTypes].includes(type.toLowerCase()));
}

function isFile(line: string): boolean {
  return line.length <= longest && scheme.test(line) && !web.test(line);
}

function fromJson(text: string): readonly string[] {
  if (text === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((uri) => typeof uri === 'string') : [];
  } catch {
    // Another program used the same format name for its own data.
    return [];
  }
}
