import { asCount } from '../../json/replyObject';
import { readChunk } from '../../reply/chunk';
import type { RequestBody } from '../../unsupportedParameters/removeUnsupportedParameters';
import { turnsOf } from '../chatTurns';
import type { EndpointFormat, WritingFacts } from '../endpointFormat';
import { withoutFields } from '../withoutFields';

/** Fields of Chat Completions that are translated, or that Completions do without. */
const translatedFields = [
  'messages',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'reasoning_effort',
  'max_tokens',
  'max_completion_tokens',
  'logprobs',
  'top_logprobs',
  'return_progress',
] as const;

type TranslatedFields = Readonly<Partial<Record<(typeof translatedFields)[number], unknown>>>;

/** `max_tokens` if the user set none: the endpoint's own default is 16, and a base model hardly ever ends by itself. */
const usualLimit = 1_024;

/**
 * OpenAI's Completions API, `POST /completions`, for base models. They do not answer, they continue: the prompt is the text of the
 * conversation so far.
 */
export const completionsFormat: EndpointFormat = {
  endpoint: 'completions',
  write,
  chatNames: { prompt: undefined },
  findRefusal: () => undefined,
  // `readChunk` reads `choices[].text`, too.
  newReader: () => ({ read: readChunk, keptReasoning: () => undefined }),
};

function write(body: RequestBody, facts: WritingFacts): RequestBody {
  const {
    max_tokens: maxTokens,
    max_completion_tokens: maxCompletionTokens,
    logprobs,
    top_logprobs: top,
  }: TranslatedFields = body;
  const limit = asCount(maxTokens) ?? asCount(maxCompletionTokens);
  return {
    ...withoutFields(body, translatedFields),
    prompt: textSoFar(body),
    max_tokens: limit ?? Math.min(facts.maxOutput ?? usualLimit, usualLimit),
    // The endpoint takes a number from 0 to 5 where Chat Completions takes two fields.
    ...(logprobs === true && { logprobs: Math.min(asCount(top) ?? 0, 5) }),
  };
}

/** The conversation as one text. An answer continues its prompt without a gap, because it was written so. */
function textSoFar(body: RequestBody): string {
  const { system, turns } = turnsOf(body);
  let text = system;
  for (const turn of turns) {
    if (turn.role === 'assistant') text += turn.text;
    else if (turn.role === 'user') {
      const words = turn.content.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join('\n');
      text += text === '' ? words : `\n\n${words}`;
    }
  }
  return text;
}
