import { event } from '../replies';

/** An event of a stream whose `event:` field has its type, as Anthropic and OpenAI send it. */
export function named(value: { readonly type: string } & Readonly<Record<string, unknown>>): string {
  return `event: ${value.type}\n${event(value)}`;
}

/** The events of one content block of Anthropic's Messages. */
export function block(index: number, start: object, ...deltas: readonly object[]): readonly string[] {
  return [
    named({ type: 'content_block_start', index, content_block: start }),
    ...deltas.map((delta) => named({ type: 'content_block_delta', index, delta })),
    named({ type: 'content_block_stop', index }),
  ];
}

/** A stream of Anthropic's Messages with these events between its beginning and its end. */
export function message(
  events: readonly string[],
  stopReason = 'end_turn',
  usage: object = { output_tokens: 20 },
): string {
  return [
    named({
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-x',
        content: [],
        usage: {
          input_tokens: 5,
          cache_read_input_tokens: 90,
          cache_creation_input_tokens: 5,
          output_tokens: 1,
        },
      },
    }),
    ...events,
    named({ type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage }),
    named({ type: 'message_stop' }),
  ].join('');
}

/** The last event of a stream of OpenAI's Responses. */
export function completed(
  output: readonly unknown[],
  more: object = {},
  type = 'response.completed',
): string {
  return named({
    type,
    response: {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      model: 'gpt-x',
      output,
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 90 },
        output_tokens: 20,
        output_tokens_details: { reasoning_tokens: 12 },
        total_tokens: 120,
      },
      ...more,
    },
  });
}
