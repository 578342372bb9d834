import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../../src/shared/failure/failure';
import {
  endingOfFinish,
  failureOfStop,
  readFinishReason,
} from '../../../../src/shared/answer/readFinishReason';
import { isPlainStop } from '../../../../src/shared/answer/isPlainStop';

const meanings = {
  plain: [
    'stop',
    'STOP',
    'Stop',
    'end_turn',
    'END_TURN',
    'endTurn',
    'end-turn',
    'eos',
    'eos_token',
    'EOS_FOUND',
    'stop_sequence',
    'stop-sequence',
    'STOP_SEQUENCE',
    'stopSequence',
    'stop_token',
    'tool_calls',
    'TOOL_CALLS',
    'tool_use',
    'tool_call',
    'toolUse',
    'function_call',
    'functionCall',
    'complete',
    'COMPLETE',
    'completed',
    'done',
    'finished',
    'success',
    'normal',
    'FINISH_REASON_STOP',
    'FINISH_REASON_UNSPECIFIED',
    'null',
    'none',
    '',
    '<|im_end|>',
    '正常',
    'eot',
    '.stop',
  ],
  'output-limit': [
    'length',
    'LENGTH',
    'Length',
    'max_tokens',
    'MAX_TOKENS',
    'MaxTokens',
    'maxTokens',
    'max-tokens',
    'max_output_tokens',
    'max_new_tokens',
    'max_completion_tokens',
    'FINISH_REASON_MAX_TOKENS',
    'max_length',
    'max_len',
    'token_limit',
    'tokens_limit_reached',
    'output_limit',
    'length_limit',
    'truncated',
    'limit',
    'ERROR_LIMIT',
    'max_tokens_reached',
    'length_cutoff',
    '长度超限',
  ],
  'window-full': [
    'model_length',
    'MODEL_LENGTH',
    'context_length',
    'context_length_exceeded',
    'model_context_window_exceeded',
    'context_window',
    'contextLimit',
    'max_context',
    'kv_cache_full',
    '上下文超限',
  ],
  'content-filtered': [
    'content_filter',
    'CONTENT_FILTER',
    'contentFilter',
    'content-filtered',
    'SAFETY',
    'safety',
    'RECITATION',
    'PROHIBITED_CONTENT',
    'BLOCKLIST',
    'SPII',
    'IMAGE_SAFETY',
    'sensitive',
    'refusal',
    'REFUSAL',
    'moderation',
    'content_policy',
    'guardrail_intervened',
    'ERROR_TOXIC',
    'flagged',
    '敏感内容',
  ],
  'answer-stopped': [
    'error',
    'ERROR',
    'network_error',
    'abort',
    'aborted',
    'cancelled',
    'CANCELED',
    'insufficient_system_resource',
    'pause_turn',
    'timeout',
    'timed_out',
    'MALFORMED_FUNCTION_CALL',
    'UNEXPECTED_TOOL_CALL',
    'interrupted',
    'overloaded',
    'preempted',
    'incomplete',
    'server_error',
    '异常中断',
  ],
  unknown: ['because', 'OTHER', 'LANGUAGE', 'whatever', '7', 'load', '其他'],
} as const;

const fail = (kind: Failure['kind'], detail?: string): Failure => ({
  kind,
  retryable: kind === 'answer-stopped',
  ...(detail !== undefined && { detail }),
});
const nothing = { text: false, reasoning: false, toolCalls: false };
const text = { ...nothing, text: true };
const reasoning = { ...nothing, reasoning: true };

describe('A finish reason', () => {
  for (const [meaning, reasons] of Object.entries(meanings)) {
    for (const reason of reasons) {
      it(`"${reason}" means ${meaning}`, () => {
        equal(readFinishReason(reason), meaning);
        equal(isPlainStop(reason), meaning === 'plain');
      });
    }
  }

  it('of a complete answer completes it, and fails an empty answer as empty', () => {
    for (const reason of [null, ...meanings.plain]) {
      deepStrictEqual(endingOfFinish(reason, text, fail), { outcome: 'completed', finishReason: reason });
      deepStrictEqual(endingOfFinish(reason, reasoning, fail), {
        outcome: 'completed',
        finishReason: reason,
      });
      deepStrictEqual(endingOfFinish(reason, nothing, fail), {
        outcome: 'failed',
        failure: fail('empty-reply'),
      });
    }
  });

  it('that names the output limit truncates an answer, and fails one without text', () => {
    for (const reason of meanings['output-limit']) {
      deepStrictEqual(endingOfFinish(reason, text, fail), {
        outcome: 'truncated',
        failure: fail('output-limit'),
      });
      for (const came of [nothing, reasoning]) {
        const failure = fail('output-limit-unanswered');
        deepStrictEqual(endingOfFinish(reason, came, fail), { outcome: 'failed', failure });
      }
    }
  });

  it('that names a filter or a fault truncates an answer with its word, or fails one without content', () => {
    for (const kind of ['content-filtered', 'answer-stopped', 'window-full'] as const) {
      for (const reason of meanings[kind]) {
        const cut = endingOfFinish(reason, text, fail);
        const failed = endingOfFinish(reason, nothing, fail);
        equal(cut.outcome === 'truncated' && cut.failure.kind, kind);
        equal(failed.outcome === 'failed' && failed.failure.kind, kind);
        if (kind === 'answer-stopped') equal(cut.outcome === 'truncated' && cut.failure.detail, reason);
      }
    }
  });

  it('that is unknown completes an answer and is shown', () => {
    for (const reason of meanings.unknown) {
      deepStrictEqual(endingOfFinish(reason, text, fail), { outcome: 'completed', finishReason: reason });
      deepStrictEqual(failureOfStop(reason, true), fail('answer-stopped', reason));
      const failure = fail('answer-stopped', reason);
      deepStrictEqual(endingOfFinish(reason, nothing, fail), { outcome: 'failed', failure });
    }
  });

  it('of a truncated tool call truncates the answer', () => {
    const ending = endingOfFinish('length', { ...nothing, toolCalls: true }, fail);
    deepStrictEqual(ending, { outcome: 'truncated', failure: fail('output-limit') });
  });

  it('in an older journal, stored as completed, is explained like a new one', () => {
    equal(failureOfStop(null, true), undefined);
    equal(failureOfStop('stop', true), undefined);
    deepStrictEqual(failureOfStop('length', true), fail('output-limit'));
    deepStrictEqual(failureOfStop('length', false), fail('output-limit-unanswered'));
    deepStrictEqual(failureOfStop('content_filter', true), fail('content-filtered'));
    deepStrictEqual(failureOfStop('SAFETY', true), fail('content-filtered', 'SAFETY'));
  });

  it('always ends an answer, and never completes an empty one', () => {
    const came = fc.record({ text: fc.boolean(), reasoning: fc.boolean(), toolCalls: fc.boolean() });
    const words = Object.values(meanings).flat();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...words)), came, (reason, brought) => {
        const { outcome } = endingOfFinish(reason, brought, fail);
        if (brought.text || brought.toolCalls) ok(outcome !== 'failed');
        else if (!brought.reasoning) equal(outcome, 'failed');
      }),
    );
  });
});
