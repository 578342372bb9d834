import type { ChatEndpoint } from '../../core/models/chatEndpoint';
import { readRefusalWords } from './readRefusalWords';

/** How much of an error is read, in characters. */
const longest = 4_000;

/** The endpoints by their names in errors: `/v1/responses`, `v1/messages`, `the Responses API`. */
const names: readonly (readonly [RegExp, ChatEndpoint])[] = [
  [/\bresponses (?:api|endpoint)\b|\bv\d\/responses\b|(?<![\w/])\/responses\b/gi, 'responses'],
  [/\bmessages (?:api|endpoint)\b|\bv\d\/messages\b|(?<![\w/])\/messages\b/gi, 'messages'],
  [
    /\bchat[ _]completions? (?:api|endpoint)\b|\bv\d\/chat\/completions\b|(?<![\w/])\/chat\/completions\b/gi,
    'chat',
  ],
  [
    /(?<!chat[ _/])\bcompletions? (?:api|endpoint)\b|\bv\d\/completions\b|(?<![\w/])\/completions\b/gi,
    'completions',
  ],
];

/** Directly before the endpoint to use: `only supported in`, `Please use`, `请使用`. */
const directing =
  /(?:\bonly (?:be )?(?:supported|available|served|accessible|usable|used|works?|supports?|accepts?|offers?)|\b(?:use|using|call|switch to|migrate to|try|via|through|did you mean)|请(?:使用|改用|调用|用)|請(?:使用|改用|調用|用)|仅支持|只支持|仅(?:能|可)(?:使用|通过)|僅支援|只能(?:使用|通过|用))[^.;。；\n]{0,60}$/i;

/** Directly before an endpoint that is refused: `not in`, `instead of`. */
const refusing =
  /\b(?:not|instead of|rather than|without|never)\b[^,;.]{0,40}$|(?:不支持|而不是|不能|无法)[^，；。]{0,20}$/i;

/**
 * Finds the endpoint that an error tells to use instead: "This model is only supported in v1/responses and not in
 * v1/chat/completions." Undefined if it names none, or only the one that was asked.
 *
 * @param errorBody The body of the error, in any format.
 */
export function findWantedEndpoint(errorBody: string, asked: ChatEndpoint): ChatEndpoint | undefined {
  const text = readRefusalWords(errorBody).text.slice(0, longest);
  for (const [name, endpoint] of names) {
    if (endpoint === asked) continue;
    for (const { index } of text.matchAll(name)) {
      const before = text.slice(Math.max(0, index - 120), index);
      if (directing.test(before) && !refusing.test(before)) return endpoint;
    }
  }
  return undefined;
}
