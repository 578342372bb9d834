import { readRefusalWords } from './readRefusalWords';
import { toolNameOf, type RequestBody } from './removeUnsupportedParameters';
import { toolParameter } from './messageForm';
import { asArray } from '../json/replyObject';

/** Says that the error is about the definition of a tool, not about tools in general. */
const schemaRefused =
  /\bschema\b|\bgrammar\b|function_?declarations|\btools?(?:\[|\.)\d|invalid (?:function|tool)|function_?parameters|\bpattern must\b|(?:tool|function)(?:'s|s')? (?:name|parameters|description|definition)|(?:工具|函数).{0,10}(?:定义|参数|名称|名)/i;
/** Says that something is wrong. */
const failing =
  /invalid|fail|error|must|should|missing|not (?:a )?(?:valid|supported|allowed)|unsupported|unable|unknown|cannot|expected|exceed|too |duplicate|不合法|无效|错误|不支持|失败|必须/i;
/** A schema of the field `response_format` is not the schema of a tool. */
const otherSchema = /response_format|json_schema['"` ]|text\.format/i;
/** Keywords of JSON Schema: if an error names one of them, it means a tool whose schema uses it. */
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
 * Finds the tool whose definition an error rejects: by its name, by its index, or by the JSON Schema keyword that the
 * error names.
 *
 * @param errorBody The body of the gateway's error, in any format.
 * @param body The request that was sent.
 * @returns The tool as an unsupported parameter (see `toolParameter`); `tools` if it may be any of them; undefined if the
 *   error is about something else.
 */
export function findUnsupportedTool(errorBody: string, body: RequestBody): string | undefined {
  const tools = asArray(body.tools);
  if (tools.length === 0) return undefined;
  const { text, fields } = readRefusalWords(errorBody);
  const words = `${fields.join(' ')}\n${text}`;
  if (!schemaRefused.test(words) || !failing.test(words) || otherSchema.test(words)) return undefined;
  const named = tools.map(toolNameOf).find((name) => name !== '' && names(words, name));
  if (named !== undefined) return toolParameter(named);
  const place =
    /function_?declarations(?:\[|\.)(\d{1,4})/i.exec(words)?.[1] ??
    /\btools?(?:\[|\.)(\d{1,4})/i.exec(words)?.[1];
  const placed = place === undefined ? '' : toolNameOf(tools[Number(place)]);
  if (placed !== '') return toolParameter(placed);
  const keyword = keywords.find((word) => names(words, word));
  const suspects = keyword === undefined ? [] : tools.filter((tool) => hasKey(tool, keyword, 0));
  const [suspect = tools.length === 1 ? tools[0] : undefined] = suspects;
  const name = toolNameOf(suspect);
  return name === '' ? 'tools' : toolParameter(name);
}

/** True if `words` contains `name` as a whole word. A name of up to three letters must be in quotes. */
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
