import { refusedManner } from './refusedManner';
import { anyOf, ranging, refusing, sentencesOf } from './sentencesOf';
import { readRefusalWords } from './refusalWords';
import { arrayContent, reasoningContent, systemRole, toolMessages } from './manners';
import { combination, dependsOn } from './adaptRequest';

/** Other words for a field. */
const otherNames: Readonly<Record<string, RegExp | undefined>> = {
  tools:
    /\b(?:support|use|using|with|allow|accept|enable|provide|when)(?:s|ed|d|ing)? (?:the )?(?:tools|functions)\b|\b(?:tool|function)s?[ _-]?(?:use|call|calling|calls|choice)\b|\bfunctions are not\b|\btools? (?:param|are|is|and|with|\+|cannot|can't|not)|工具(?:调用|調用)|函(?:数|數)(?:调用|調用)|ツール|도구/i,
  stream:
    /\bstream(?:ing)?(?: \w+){0,2} (?:is|are|not|cannot|isn't|aren't)\b|support(?:s|ed|ing)? (?:for )?stream(?:ing)?\b|\b(?:unsupported|disabled?|without) (?:\w+ ){0,2}stream(?:ing)?\b|to stream this|流式|串流|ストリーミング|스트리밍/i,
  n: /\bn ?(?:>|!=|=) ?\d|multiple (?:choices|completions|candidates|generations)|\bn must be 1\b|only one (?:completion|choice|candidate)|(?:completion|candidate|choice)s? choice/i,
  max_tokens: /maxTokens|max tokens/,
  temperature: /\btemperatur\b/i,
  stop: /\bstop (?:sequences?|words?|tokens?)\b|停止(?:词|序列)/i,
  response_format: /\bjson[ _](?:mode|schema|object)\b|structured outputs?/i,
};

/** `n` is refused by its range, too: servers allow as many answers as they have slots. */
const tooMany =
  /\bn\b\W{1,3}(?:value )?(?:must|should|has to|cannot|can only)|["'`]n["'`].{0,20}(?:between|at most|less|<=|maximum|exceed|range|must be)|only one completion choice|\bn (?:must|should|can only) be|\bn ?<= ?1\b|\bfor n\b|\bonly n ?= ?1|\bn ?只能/i;

/** Names that are words of every sentence: they count only in quotes, beside "parameter", or first in their sentence. */
const shortestTellingName = 8;

/** That a quoted word is a field: `'stop' is not supported`, not `the word 'stop' is not allowed`. */
const ofFields =
  /support|param|argument|field|propert|option|\bkeys?\b|unknown|unexpected|unrecogni|extra|input|deprecated|支持|支援|参数|參數|字段|欄位|サポート|지원/i;

/** That two parts are refused because they come together. */
const together = anyOf(
  '\\bboth\\b|together|simultaneous|at the same time|\\bcombin|mutually exclusive|conflict|in conjunction|alongside|\\bonly one\\b|\\beither\\b|as well as|同时|同時|一起|互斥|冲突|衝突|共存|搭配|配合|其中(?:一|之一)|二选一|只能[^。；]{0,6}(?:一|1) ?[个種种]|併用|함께|동시에|zusammen|gleichzeitig|ensemble|juntos|simult[áâ]ne|одновременно|вместе',
);
/** What stands between two names of a pair: `logprobs is not supported with tools + stream`. */
const joining = /\b(?:with|when|while|if|whenever|unless|alongside)\b|与|和|跟|時|时/i;

/**
 * Which part of a request a gateway's error refuses; undefined when it says nothing of the kind. A value out of range is no
 * refusal: the user has to correct it. `failureBody` is the error's body as it came, or only its words; `sentParts` are the
 * parts that the request had (see `partsOf`). The answer is one of them, or a combination of some (see `combination`).
 * Recognised from `param` and `loc`, from codes, and from the known wordings.
 */
export function refusedParameter(failureBody: string, sentParts: ReadonlySet<string>): string | undefined {
  const { text, fields } = readRefusalWords(failureBody);
  const sentences = sentencesOf(text);
  for (const sentence of sentences) {
    const pair = refusedPair(sentence, sentParts);
    if (pair !== undefined) return pair;
    const manner = refusedManner(withPath(sentence, fields), sentParts);
    if (manner !== undefined) return manner;
  }
  const refuses = sentences.some(refusesField);
  const pointed = refuses ? pointedAt(fields, sentParts) : undefined;
  if (pointed !== undefined) return pointed;
  for (const sentence of sentences) {
    if (sentParts.has('n') && tooMany.test(sentence)) return 'n';
    const [first] = refusesField(sentence) ? namedIn(sentence, sentParts) : [];
    if (first !== undefined) return first.part;
  }
  return namedBeside(sentences, sentParts);
}

/** That a field is refused, not its value. */
function refusesField(sentence: string): boolean {
  return refusing.test(sentence) && !ranging.test(sentence);
}

/** A path into the messages is a part of what is said: `role: Input should be 'user' or 'assistant'`. */
function withPath(sentence: string, fields: readonly string[]): string {
  const path = fields.find((field) => /^messages?\b/.test(field));
  if (path === undefined || /\bmessages?\W|reasoning_content/.test(sentence)) return sentence;
  const step =
    /(?:^|\.)(role|content|reasoning_content|tool_calls|tool_call_id|image_url|system)(?:\.|$)/.exec(
      path,
    )?.[1];
  return step === undefined ? sentence : `${path.replaceAll(/\.\d+/g, '')} ${step}: ${sentence}`;
}

/** `param` or `loc` names a field that was sent, or leads into the messages. */
function pointedAt(fields: readonly string[], sentParts: ReadonlySet<string>): string | undefined {
  for (const path of fields) {
    const steps = path.split('.');
    const named = steps.find((step) => sentParts.has(step));
    if (named !== undefined) return named;
    if (steps[0] !== 'messages') continue;
    if (steps.includes('image_url') && sentParts.has(arrayContent)) return arrayContent;
    if (steps.includes('reasoning_content') && sentParts.has(reasoningContent)) return reasoningContent;
    if (steps.some((step) => step.startsWith('tool')) && sentParts.has(toolMessages)) return toolMessages;
    if (steps.at(-1) === 'role' && sentParts.has(systemRole)) return systemRole;
  }
  return undefined;
}

/** Two parts, or three, that go only apart. */
function refusedPair(sentence: string, sentParts: ReadonlySet<string>): string | undefined {
  const named = namedIn(sentence, sentParts, true).filter(({ part }) => !isManner(part));
  const [first, second] = named;
  if (first === undefined || second === undefined) return undefined;
  if (
    named.every(
      ({ part }) => part === first.part || dependsOn(part, first.part) || dependsOn(first.part, part),
    )
  ) {
    return undefined;
  }
  // Up to and into the second name: what names it may begin before it (`with tools`).
  const between = sentence.slice(first.at, second.at + 12);
  const isPair = together.test(sentence) || (refusing.test(sentence) && joining.test(between));
  if (
    !isPair ||
    !(
      refusing.test(sentence) ||
      /exclusive|conflict|only one|either|互斥|冲突|衝突|二选一|不能|cannot|not\b/i.test(sentence)
    )
  ) {
    return undefined;
  }
  // `a, b and c are not supported with this model` names no pair.
  if (
    !together.test(sentence) &&
    named.length > 2 &&
    !/[+&]| and | plus /.test(between.concat(sentence.slice(second.at)))
  ) {
    return undefined;
  }
  return combination(named.map(({ part }) => part));
}

interface Named {
  readonly part: string;
  readonly at: number;
  /** True for the field's own name, which counts before other words for another field at the same place. */
  readonly isExact: boolean;
}

/** The parts that a sentence names, first to last. `loosely` also takes short names where they are plain words. */
function namedIn(sentence: string, sentParts: ReadonlySet<string>, loosely = false): readonly Named[] {
  const named: Named[] = [];
  for (const part of sentParts) {
    const place = placeOf(part, sentence, loosely);
    if (place !== undefined) named.push({ part, ...place });
  }
  return named.sort((left, right) => left.at - right.at || Number(right.isExact) - Number(left.isExact));
}

/** `Unsupported parameter. Remove temperature` and the like: the refusal and the name are two sentences. */
function namedBeside(sentences: readonly string[], sentParts: ReadonlySet<string>): string | undefined {
  const isOfParameters = sentences.some((sentence) =>
    /(?:unsupported|unknown|unrecogni[sz]ed|unexpected|extra|disallowed|not (?:supported|allowed|permitted)) (?:request |body |query )?(?:param|arg|field|key|propert|option|input)|(?:不支持|未知|无效)的?(?:参数|字段)|additional propert|unsupported_(?:param|value)/i.test(
      sentence,
    ),
  );
  if (!isOfParameters) return undefined;
  for (const sentence of sentences) {
    const [first] = ranging.test(sentence) ? [] : namedIn(sentence, sentParts);
    if (first !== undefined) return first.part;
  }
  return undefined;
}

function isManner(part: string): boolean {
  return part.includes(' ');
}

/** Where a sentence names the part; undefined when it does not. */
function placeOf(part: string, sentence: string, loosely: boolean): Omit<Named, 'part'> | undefined {
  if (isManner(part) || part === reasoningContent) return undefined;
  const byOtherName = otherNames[part]?.exec(sentence)?.index;
  const name = part.replace(/[^\w]/g, '\\$&');
  const word = `(?<![\\w.-])${name}(?![\\w-]|\\.\\w)`;
  const isTelling =
    part.length >= shortestTellingName || part.includes('_') || (loosely && part !== 'n' && part !== 'user');
  const pattern = isTelling
    ? `(?<!\\b[cg]pu |\\bdevice |\\bcore |\\bcolou?r )${word}`
    : [
        ...(ofFields.test(sentence) ? [`["'\`‘“「]${name}["'\`’”」]`] : []),
        `(?:param(?:eter)?s?|arguments?|fields?|option|property|keys?|inputs?|supplied|参数|字段|參數|欄位)\\s*[:：=]?\\s*${word}`,
        `${word}\\s*(?:param(?:eter)?|argument|field|option|参数|字段)`,
        ...(part === 'user' ? [] : [`^\\W*${word}\\W{1,3}(?:is|are|was|must|cannot|can|does|should|不)`]),
      ].join('|');
  const byName = new RegExp(pattern, 'i').exec(sentence)?.index;
  const byStreaming = loosely && part === 'stream' ? /\bstreaming\b/i.exec(sentence)?.index : undefined;
  const at = Math.min(byName ?? Infinity, byOtherName ?? Infinity, byStreaming ?? Infinity);
  return at === Infinity ? undefined : { at, isExact: at === byName };
}
