import { outlineBody, type OutlineItem, type OutlinedText } from './outline';
import { plainLine } from '../lines/plainLine';

/**
 * The content of a part. `parts`: named parts (members, keys, elements, rules), whose order matters little. `list`: values.
 * `code`: statements, which are complete only together.
 */
export type PartKind = 'parts' | 'list' | 'code';

const holdsParts =
  /(?:^|[\s(])(?:class|interface|struct|enum|namespace|module|package|trait|impl|object|record|union|extension|protocol|service|message|model|type|input|schema|mod|contract|library|describe|context|suite|switch|match|when|select|case)(?=[\s({'"<]|$)/;
const statementHead = /\b(?:function|func|fn|def|fun|sub|procedure|lambda)\b/;
const statementEnd = /(?:=>|\b(?:do|then|else|try|begin|finally))\s?[{(:|]?$/;
const blockParameters = /\b(?:do|then)\s?\|[^|]{0,100}\|$/;
const afterParameters = /^\s?(?:throws .*|const|noexcept|override|async|->.*|:\s?[^{]*)?\s?\{$/;
const declaredParts =
  /^(?:(?:export|default|public|abstract|final|sealed|data|static|private|internal|partial|open)\s)*(?:class|interface|struct|enum|namespace|module|trait|impl|object|record|extension|protocol)\b/;

/** True for a line that opens statements: a function, a branch or a callback. */
function holdsStatements(head: string): boolean {
  if (declaredParts.test(head)) return false;
  if (statementEnd.test(head) || blockParameters.test(head)) return true;
  if (statementHead.test(head) && /[{(:\p{L}\p{N})]$/u.test(head)) return true;
  const close = head.lastIndexOf(')');
  return close !== -1 && afterParameters.test(head.slice(close + 1));
}

/** The content of a part, recognised by its first lines. */
export function partKind(text: OutlinedText, item: OutlineItem): PartKind {
  const second = item.rows[1];
  const first = plainLine(text.lines[item.start] ?? '').slice(0, 500);
  const opens = second === undefined ? '' : plainLine(text.lines[second] ?? '').slice(0, 500);
  const head = /^[{]|^\).*[{:]$/.test(opens) ? `${first} ${opens}` : first;
  const key = item.key?.text ?? '';
  if (/^(?:switch|match|when|select)\b/.test(head) || /^(?:describe|context|suite)\b/.test(head))
    return 'parts';
  // A section of prose is complete. A section with subsections may be shown in part.
  if (key.startsWith('heading '))
    return text.lines.slice(item.start + 1, item.end).some((line) => /^#{1,6}\s/.test(line))
      ? 'parts'
      : 'code';
  if (/^(?:section|create|tag|item) /.test(key)) return 'parts';
  if (head.endsWith('[') || (head.endsWith('(') && !holdsParts.test(head))) return 'list';
  if (/^(?:\{|\[\{|\(\{)$/.test(head) || /(?:[=:(,?[]|\breturn|\bdefault|=>\s?\()\s?\{$/.test(head))
    return 'parts';
  if (holdsStatements(head)) return 'code';
  if (holdsParts.test(head)) return 'parts';
  if (key.startsWith('key ') || (item.key?.isName === true && key.startsWith('text '))) return 'parts';
  return 'code';
}

/** True for a key whose content has no names, such as the recipe of a make target: its lines are complete only together. */
export function isRecipe(file: OutlinedText, item: OutlineItem, depth: number): boolean {
  if (!/:\s*\S{0,100}$/.test((file.lines[item.start] ?? '').slice(0, 500))) return false;
  const body = item.bodies.find((other) => other !== undefined);
  const parts =
    body === undefined
      ? []
      : outlineBody(file, body, depth + 1).filter((part) => file.facts[part.start]?.isComment !== true);
  return parts.length > 0 && parts.every(({ key }) => key === undefined) && partKind(file, item) === 'parts';
}
