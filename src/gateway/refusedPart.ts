import { arrayContent, systemRole } from './requestParts';

/** That something is refused as such, whatever its value. English and Chinese. */
const refusing = new RegExp(
  [
    "(?:not|n't|cannot be|never) +(?:be +|been +|currently +|yet +)*(?:support|permit|allow|accept|recogni[sz]|implement|enable|available|used|set\\b|specified|compatible)",
    'unsupported|unknown|unrecogni[sz]ed|unexpected|no longer|deprecated|incompatible',
    'additional propert|extra (?:inputs?|fields?|parameters?)|extra_forbidden|extraneous',
    'must be (?:unset|omitted|removed|empty|absent)|(?:should|must) not (?:be|contain|include)|remove (?:the|this)|use .{0,3}max_\\w+.{0,3} instead|instead of|only (?:the )?default',
    'no endpoints? found that support',
    '不支持|不支援|不被支持|未支持|未知|无法识别|無法識別|不识别|未识别|不允许|不被允许|不接受|不可用|不能(?:使用|设置|包含|传)|多余|请(?:移除|删除|去掉)|已弃用|已废弃|请使用|请改用',
  ].join('|'),
  'i',
);

/** That a message's content had to be a string; says all by itself. */
const wantsString = new RegExp(
  [
    'invalid type: sequence, expected a string',
    'unknown variant .?image_url',
    'content.{0,80}(?:must|should|has to) be (?:a |of type )?(?:valid )?.?str',
    '(?:valid |expected (?:a )?|must be (?:a )?|should be (?:a )?)(?:string|str)\\b.{0,200}content',
    "(?:expected|require[sd]?) .{0,40}content.{0,40}(?:string|str)\\b|content'? is not of type 'string'|content.{0,60}(?:got|but found) an? (?:array|list|object)",
    'content.{0,40}(?:必须|应为|应该|只能|需要|需为)(?:是|为)?.{0,6}(?:字符串|文本|string)',
  ].join('|'),
  'i',
);

/** Other words for a part. */
const otherNames: Readonly<Record<string, RegExp | undefined>> = {
  [systemRole]:
    /\bsystem[ _-]?(?:role|message|prompt|instruction)|role\W{0,3}(?:of |is |: ?)?\W{0,2}system\b|\bsystem\W{1,3}role|\[\d+\]\.role.{0,80}\bsystem\b|role.{0,60}["'`]system["'`]|developer instruction|系统(?:角色|消息|提示|指令)|system ?(?:角色|消息|提示)/i,
  [arrayContent]:
    /\bcontent.{0,30}\b(?:array|list|parts?)\b|\b(?:array|list|parts?)\b.{0,30}\bcontent|image_url|\bimages?\b|\bvision\b|multi-?modal|多模态|图片|图像|视觉|content.{0,10}数组/i,
  tools:
    /\bsupport(?:s|ed)? (?:tools|functions)\b|\b(?:tool|function)s?[ _-]?(?:use|call|calling|calls|choice)\b|工具调用|函数调用/i,
  stream: /\bstreaming\b|流式/i,
  n: /\bn ?(?:>|!=|=) ?\d|multiple (?:choices|completions)|\bn must be 1\b/i,
  max_tokens: /maxTokens/,
};

/** Names that are words of every sentence: they count only in quotes, as `param`, or beside "parameter". */
const shortestTellingName = 8;

/**
 * Which part of a request a gateway's error refuses; undefined when it says nothing of the kind. A
 * value out of range is no refusal: that is the user's to mend. `failureBody` is the error's body as
 * it came, or only its words; `sentParts` are the parts that the request had (see `partsOf`), and the
 * answer is always one of them. Recognised from `param` and `loc`, from codes, and from the known
 * wordings in English and Chinese.
 */
export function refusedPart(failureBody: string, sentParts: ReadonlySet<string>): string | undefined {
  // JSON escapes non-ASCII and quotes in some gateways, twice when they pass another's error on.
  const text = readable(failureBody);
  if (sentParts.has(arrayContent) && wantsString.test(text)) return arrayContent;
  if (!refusing.test(text)) return undefined;
  const named = namedParameter(text, sentParts);
  if (named !== undefined) return named;
  let first: { readonly part: string; readonly at: number } | undefined;
  for (const part of sentParts) {
    const at = placeOf(part, text);
    if (at !== -1 && (first === undefined || at < first.at)) first = { part, at };
  }
  return first?.part;
}

/** `"param": "temperature"`, or the last of `"loc": ["body", "temperature"]`. */
function namedParameter(text: string, sentParts: ReadonlySet<string>): string | undefined {
  const parameter = /"param"\s*:\s*"([^"]{1,100})"/.exec(text)?.[1];
  const place = /"loc"\s*:\s*\[\s*"body"\s*,\s*"([^"]{1,100})"/.exec(text)?.[1];
  for (const name of [parameter, place]) {
    const field = name?.split(/[.[]/)[0];
    if (field !== undefined && sentParts.has(field)) return field;
  }
  return undefined;
}

/** Where the text names the part; -1 when it does not. */
function placeOf(part: string, text: string): number {
  const byOtherName = otherNames[part]?.exec(text)?.index;
  if (part === systemRole || part === arrayContent) return byOtherName ?? -1;
  const name = part.replace(/[^\w]/g, '\\$&');
  const word = `(?<![\\w.-])${name}(?![\\w-])`;
  const isTelling = part.length >= shortestTellingName || part.includes('_');
  const pattern = isTelling
    ? word
    : `["'\`‘“「]${name}["'\`’”」]|(?:param(?:eter)?s?|arguments?|fields?|option|property|keys?|inputs?|supplied|参数|字段)\\s*[:：=]?\\s*${word}|${word}\\s*(?:param(?:eter)?|argument|field|option|参数|字段)`;
  const byName = new RegExp(pattern, 'i').exec(text)?.index;
  return Math.min(byName ?? Infinity, byOtherName ?? Infinity) === Infinity
    ? -1
    : Math.min(byName ?? Infinity, byOtherName ?? Infinity);
}

function readable(body: string): string {
  return (
    body
      .slice(0, 20_000)
      // From the first of several backslashes only: otherwise thousands of them would be read again and again.
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
      .replace(/(?<!\\)\\+(["'`])/g, '$1')
  );
}
