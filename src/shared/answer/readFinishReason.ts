import type { Ending } from './ending';
import type { Failure, FailureKind } from '../failure/failure';
import { isPlainStop, plainReason } from './isPlainStop';

/** The meaning of a finish reason. `unknown`: no known maker uses this word. */
type Finish = 'plain' | 'output-limit' | 'window-full' | 'content-filtered' | 'answer-stopped' | 'unknown';

/**
 * Meanings of finish reasons; the first match counts. Sources: OpenAI, Azure, Anthropic (`max_tokens`, `refusal`, `pause_turn`,
 * `model_context_window_exceeded`), Gemini (`MAX_TOKENS`, `SAFETY`, `RECITATION`, `PROHIBITED_CONTENT`, `BLOCKLIST`, `SPII`,
 * `MALFORMED_FUNCTION_CALL`), Mistral (`model_length`), DeepSeek (`insufficient_system_resource`), Zhipu (`sensitive`,
 * `network_error`), Cohere (`ERROR_TOXIC`, `ERROR_LIMIT`), Bedrock (`guardrail_intervened`), vLLM (`abort`).
 */
const meanings: readonly (readonly [pattern: RegExp, finish: Finish])[] = [
  [/context|model_?(?:max_?)?length|window|n_?ctx|cache_full|上下文/, 'window-full'],
  [
    /filter|safety|recitation|prohibited|blocklist|blocked|spii|sensitive|refus|moderat|policy|censor|guardrail|toxic|flagged|violat|harm|risk|敏感|审核|违规/,
    'content-filtered',
  ],
  [
    /^(?:max_?)?(?:output_?|new_?|completion_?|generated_?|generation_?)?(?:tokens?_?|len_?|length_?|limit_?)+(?:reached|exceeded|limit|cutoff)?$|max_?(?:output_?|new_?|completion_?)?(?:tokens?|len)|(?:output|token|length|error)_?limit|truncat|长度|超长/,
    'output-limit',
  ],
  [
    /error|abort|cancel|time_?d?_?out|insufficient|pause|malformed|unexpected|interrupt|overload|fail|resource|network|killed|disconnect|incomplete|shut_?down|evict|preempt|异常|中断|失败/,
    'answer-stopped',
  ],
];

/** Reads a finish reason in any case and spelling. */
export function readFinishReason(reason: string | null): Finish {
  if (reason === null || isPlainStop(reason)) return 'plain';
  const word = plainReason(reason);
  return meanings.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown';
}

/** What an answer contains. */
interface Came {
  /** True for text and media. */
  readonly text: boolean;
  readonly reasoning: boolean;
  readonly toolCalls: boolean;
}

/**
 * The ending of an answer with this finish reason: completed, truncated with a failure, or failed when nothing useful arrived.
 * An unknown reason completes an answer; the panel shows the word (see `failureOfStop`).
 *
 * @param fail Makes the failure. `detail` is the word of the gateway.
 */
export function endingOfFinish(
  reason: string | null,
  came: Came,
  fail: (kind: FailureKind, detail?: string) => Failure,
): Ending {
  const finish = readFinishReason(reason);
  const brought = came.text || came.toolCalls;
  if (finish === 'plain' || finish === 'unknown') {
    if (brought || came.reasoning) return { outcome: 'completed', finishReason: reason };
    const failure = finish === 'plain' ? fail('empty-reply') : fail('answer-stopped', reason ?? '');
    return { outcome: 'failed', failure };
  }
  const failure = fail(kindOf(finish, brought), detailOf(finish, reason ?? ''));
  return { outcome: brought ? 'truncated' : 'failed', failure };
}

/**
 * The failure to show for an answer that is stored as completed. Earlier versions stored every answer with a finish reason as
 * completed. Undefined for a complete answer.
 */
export function failureOfStop(reason: string | null, hasText: boolean): Failure | undefined {
  const finish = readFinishReason(reason);
  if (finish === 'plain') return undefined;
  const kind = finish === 'unknown' ? 'answer-stopped' : kindOf(finish, hasText);
  const detail = detailOf(finish, reason ?? '');
  return { kind, retryable: mayPass(kind), ...(detail !== undefined && { detail }) };
}

/** True when a retry may give a complete answer, because a fault stopped the answer, not a limit. */
export function mayPass(kind: FailureKind): boolean {
  return kind === 'answer-stopped';
}

function kindOf(finish: Exclude<Finish, 'plain' | 'unknown'>, hasText: boolean): FailureKind {
  return finish === 'output-limit' && !hasText ? 'output-limit-unanswered' : finish;
}

/** The word of the gateway, unless the sentence says the same. */
function detailOf(finish: Finish, reason: string): string | undefined {
  if (finish === 'output-limit' || finish === 'window-full') return undefined;
  return finish === 'content-filtered' && /^content_?filter(?:ed)?$/.test(plainReason(reason))
    ? undefined
    : reason;
}
