import { findUnsupportedMessageForm } from './findUnsupportedMessageForm';
import { anyOf, ranging, refusing, sentencesOf } from './sentencesOf';
import { readRefusalWords } from './readRefusalWords';
import { arrayContent, reasoningContent, systemRole, toolMessages } from './messageForm';
import { combination, dependsOn } from './removeUnsupportedParameters';

/** Other words that errors use for a field. */
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

/** For `n`, an error about its range also counts: a server may allow fewer answers than the user asks for. */
const tooMany =
  /\bn\b\W{1,3}(?:value )?(?:must|should|has to|cannot|can only)|["'`]n["'`].{0,20}(?:between|at most|less|<=|maximum|exceed|range|must be)|only one completion choice|\bn (?:must|should|can only) be|\bn ?<= ?1\b|\bfor n\b|\bonly n ?= ?1|\bn ?只能/i;

/**
 * In characters. A shorter name, such as `stop`, is also an ordinary word. It counts only in quotes, next to a word such as
 * "parameter", or at the start of a sentence.
 */
const shortestTellingName = 8;

/** Says that a quoted word is a field: `'stop' is not supported`, not `the word 'stop' is not allowed`. */
const ofFields =
  /support|param|argument|field|propert|option|\bkeys?\b|unknown|unexpected|unrecogni|extra|input|deprecated|支持|支援|参数|參數|字段|欄位|サポート|지원/i;

/** Says that two fields are rejected because the request has both. */
const together = anyOf(
  '\\bboth\\b|together|simultaneous|at the same time|\\bcombin|mutually exclusive|conflict|in conjunction|alongside|\\bonly one\\b|\\beither\\b|as well as|同时|同時|一起|互斥|冲突|衝突|共存|搭配|配合|其中(?:一|之一)|二选一|只能[^。；]{0,6}(?:一|1) ?[个種种]|併用|함께|동시에|zusammen|gleichzeitig|ensemble|juntos|simult[áâ]ne|одновременно|вместе',
);
/** Words between the two names of a pair: `logprobs is not supported with tools + stream`. */
const joining = /\b(?:with|when|while|if|whenever|unless|alongside)\b|与|和|跟|時|时/i;

/**
 * Finds the unsupported parameter that a gateway's error names: by `param` and `loc`, by codes, and by known wordings. A
 * value out of range does not count, because the user must correct it.
 *
 * @param errorBody The body of the error, in any format, or only its message.
 * @param sent What the request contained (see `parametersOf`).
 * @returns One of `sent`, or a combination of some of them (see `combination`); undefined if the error names none.
 */
export function findUnsupportedParameter(errorBody: string, sent: ReadonlySet<string>): string | undefined {
  const { text, fields } = readRefusalWords(errorBody);
  const sentences = sentencesOf(text);
  for (const sentence of sentences) {
    const pair = refusedPair(sentence, sent);
    if (pair !== undefined) return pair;
    const form = findUnsupportedMessageForm(withPath(sentence, fields), sent);
    if (form !== undefined) return form;
  }
  const refuses = sentences.some(refusesField);
  const pointed = refuses ? pointedAt(fields, sent) : undefined;
  if (pointed !== undefined) return pointed;
  for (const sentence of sentences) {
    if (sent.has('n') && tooMany.test(sentence)) return 'n';
    const [first] = refusesField(sentence) ? namedIn(sentence, sent) : [];
    if (first !== undefined) return first.parameter;
  }
  return namedBeside(sentences, sent);
}

/** True if the sentence rejects a field, not only its value. */
function refusesField(sentence: string): boolean {
  return refusing.test(sentence) && !ranging.test(sentence);
}

/** Adds the path that the error points at to a sentence that needs it: `role: Input should be 'user' or 'assistant'`. */
function withPath(sentence: string, fields: readonly string[]): string {
  const path = fields.find((field) => /^messages?\b/.test(field));
  if (path === undefined || /\bmessages?\W|reasoning_content/.test(sentence)) return sentence;
  const step =
    /(?:^|\.)(role|content|reasoning_content|tool_calls|tool_call_id|image_url|system)(?:\.|$)/.exec(
      path,
    )?.[1];
  return step === undefined ? sentence : `${path.replaceAll(/\.\d+/g, '')} ${step}: ${sentence}`;
}

/** What `param` or `loc` points at: a field that was sent, or a message form. */
function pointedAt(fields: readonly string[], sent: ReadonlySet<string>): string | undefined {
  for (const path of fields) {
    const steps = path.split('.');
    const named = steps.find((step) => sent.has(step));
    if (named !== undefined) return named;
    if (steps[0] !== 'messages') continue;
    if (steps.includes('image_url') && sent.has(arrayContent)) return arrayContent;
    if (steps.includes('reasoning_content') && sent.has(reasoningContent)) return reasoningContent;
    if (steps.some((step) => step.startsWith('tool')) && sent.has(toolMessages)) return toolMessages;
    if (steps.at(-1) === 'role' && sent.has(systemRole)) return systemRole;
  }
  return undefined;
}

/** Two or three fields that the gateway does not support together. */
function refusedPair(sentence: string, sent: ReadonlySet<string>): string | undefined {
  const named = namedIn(sentence, sent, true).filter(({ parameter }) => !isMessageForm(parameter));
  const [first, second] = named;
  if (first === undefined || second === undefined) return undefined;
  if (
    named.every(
      ({ parameter }) =>
        parameter === first.parameter ||
        dependsOn(parameter, first.parameter) ||
        dependsOn(first.parameter, parameter),
    )
  ) {
    return undefined;
  }
  // Includes the start of the second name, because its match may begin at a word before it (`with tools`).
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
  // `a, b and c are not supported with this model` rejects each of the three fields, not their combination.
  if (
    !together.test(sentence) &&
    named.length > 2 &&
    !/[+&]| and | plus /.test(between.concat(sentence.slice(second.at)))
  ) {
    return undefined;
  }
  return combination(named.map(({ parameter }) => parameter));
}

interface Named {
  readonly parameter: string;
  readonly at: number;
  /** True if the sentence has the field's own name, which is better than other words for a field at the same place. */
  readonly isExact: boolean;
}

/** The parameters that a sentence names, in the order of the sentence. `loosely` also accepts short names that are ordinary words. */
function namedIn(sentence: string, sent: ReadonlySet<string>, loosely = false): readonly Named[] {
  const named: Named[] = [];
  for (const parameter of sent) {
    const place = placeOf(parameter, sentence, loosely);
    if (place !== undefined) named.push({ parameter, ...place });
  }
  return named.sort((left, right) => left.at - right.at || Number(right.isExact) - Number(left.isExact));
}

/** Finds a parameter whose name and rejection are in two sentences: `Unsupported parameter. Remove temperature`. */
function namedBeside(sentences: readonly string[], sent: ReadonlySet<string>): string | undefined {
  const isOfParameters = sentences.some((sentence) =>
    /(?:unsupported|unknown|unrecogni[sz]ed|unexpected|extra|disallowed|not (?:supported|allowed|permitted)) (?:request |body |query )?(?:param|arg|field|key|propert|option|input)|(?:不支持|未知|无效)的?(?:参数|字段)|additional propert|unsupported_(?:param|value)/i.test(
      sentence,
    ),
  );
  if (!isOfParameters) return undefined;
  for (const sentence of sentences) {
    const [first] = ranging.test(sentence) ? [] : namedIn(sentence, sent);
    if (first !== undefined) return first.parameter;
  }
  return undefined;
}

function isMessageForm(parameter: string): boolean {
  return parameter.includes(' ');
}

/** The index at which a sentence names the parameter; undefined if it does not. */
function placeOf(
  parameter: string,
  sentence: string,
  loosely: boolean,
): Omit<Named, 'parameter'> | undefined {
  if (isMessageForm(parameter) || parameter === reasoningContent) return undefined;
  const byOtherName = otherNames[parameter]?.exec(sentence)?.index;
  const name = parameter.replace(/[^\w]/g, '\\$&');
  const word = `(?<![\\w.-])${name}(?![\\w-]|\\.\\w)`;
  const isTelling =
    parameter.length >= shortestTellingName ||
    parameter.includes('_') ||
    (loosely && parameter !== 'n' && parameter !== 'user');
  const pattern = isTelling
    ? `(?<!\\b[cg]pu |\\bdevice |\\bcore |\\bcolou?r )${word}`
    : [
        ...(ofFields.test(sentence) ? [`["'\`‘“「]${name}["'\`’”」]`] : []),
        `(?:param(?:eter)?s?|arguments?|fields?|option|property|keys?|inputs?|supplied|参数|字段|參數|欄位)\\s*[:：=]?\\s*${word}`,
        `${word}\\s*(?:param(?:eter)?|argument|field|option|参数|字段)`,
        ...(parameter === 'user'
          ? []
          : [`^\\W*${word}\\W{1,3}(?:is|are|was|must|cannot|can|does|should|不)`]),
      ].join('|');
  const byName = new RegExp(pattern, 'i').exec(sentence)?.index;
  const byStreaming = loosely && parameter === 'stream' ? /\bstreaming\b/i.exec(sentence)?.index : undefined;
  const at = Math.min(byName ?? Infinity, byOtherName ?? Infinity, byStreaming ?? Infinity);
  return at === Infinity ? undefined : { at, isExact: at === byName };
}
