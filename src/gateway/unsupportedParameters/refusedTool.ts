import { readRefusalWords } from './refusalWords';
import { nameOf, type RequestBody } from './adaptRequest';
import { toolPart } from './manners';
import { asArray } from '../json/replyObject';

/** That the description of a tool is refused, not tools as such. */
const schemaRefused =
  /\bschema\b|\bgrammar\b|function_?declarations|\btools?(?:\[|\.)\d|invalid (?:function|tool)|function_?parameters|\bpattern must\b|(?:tool|function)(?:'s|s')? (?:name|parameters|description|definition)|(?:工具|函数).{0,10}(?:定义|参数|名称|名)/i;
const failing =
  /invalid|fail|error|must|should|missing|not (?:a )?(?:valid|supported|allowed)|unsupported|unable|unknown|cannot|expected|exceed|too |duplicate|不合法|无效|错误|不支持|失败|必须/i;
/** Schemas of an answer's format are another field's. */
const otherSchema = /response_format|json_schema['"` ]|text\.format/i;
/** Words of JSON Schema; what an error calls by its name stands in the schema that it means. */
const keywords = [
  'patternProperties',
  'additionalProperties',
  'pattern',
  'format',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'const',
  'enum',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'default',
  '$defs',
  'definitions',
  'if',
];

/**
 * Which tool of a request an error refuses for its description: by its name, by its place, or by the word of JSON Schema that
 * the error names. Returns the tool as a part of the request, or `tools` when it may be any; undefined when the error is
 * about something else.
 */
export function refusedTool(failureBody: string, body: RequestBody): string | undefined {
  const tools = asArray(body.tools);
  if (tools.length === 0) return undefined;
  const { text, fields } = readRefusalWords(failureBody);
  const words = `${fields.join(' ')}\n${text}`;
  if (!schemaRefused.test(words) || !failing.test(words) || otherSchema.test(words)) return undefined;
  const named = tools.map(nameOf).find((name) => name !== '' && names(words, name));
  if (named !== undefined) return toolPart(named);
  const place =
    /function_?declarations(?:\[|\.)(\d{1,4})/i.exec(words)?.[1] ??
    /\btools?(?:\[|\.)(\d{1,4})/i.exec(words)?.[1];
  const placed = place === undefined ? '' : nameOf(tools[Number(place)]);
  if (placed !== '') return toolPart(placed);
  const keyword = keywords.find((word) => names(words, word));
  const suspects = keyword === undefined ? [] : tools.filter((tool) => hasKey(tool, keyword, 0));
  const [suspect = tools.length === 1 ? tools[0] : undefined] = suspects;
  const name = nameOf(suspect);
  return name === '' ? 'tools' : toolPart(name);
}

/** True when the name stands there as a word, and no part of a longer one. Short names count in quotes only. */
function names(words: string, name: string): boolean {
  for (let at = words.indexOf(name); at !== -1; at = words.indexOf(name, at + 1)) {
    const [before = ' ', after = ' '] = [words[at - 1], words[at + name.length]];
    if (/["'`“‘]/.test(before) && /["'`”’]/.test(after)) return true;
    if (name.length > 3 && !/[\w$-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return capital !== name && name.length > 3 && words.includes(`${capital} `);
}

function hasKey(value: unknown, key: string, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > 20) return false;
  return Object.entries(value).some(([name, inner]) => name === key || hasKey(inner, key, depth + 1));
}
