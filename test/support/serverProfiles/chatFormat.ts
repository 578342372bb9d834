import { event, json, usageOf, type CannedReply, type ModelAnswer } from './serverProfile';

/** What a server adds to OpenAI's format: fields of the reply and of its choice. */
export interface ChatFormatFields {
  readonly id: string;
  /** Fields of each chunk and reply that depend on the model. */
  readonly reply?: (model: string) => object;
  /** Fields of each choice. */
  readonly choice?: object;
}

/** Chat completions in the format of several servers: OpenAI's format with a few additional fields. */
export class ChatFormat {
  constructor(private readonly fields: ChatFormatFields) {}

  /** A chunk with one choice. `more` are fields of that choice, such as `finish_reason`; `reply` are fields of the chunk. */
  chunk(model: string, delta: object, more: object = {}, reply: object = {}): string {
    return event({ ...this.frame(model), choices: [this.choice({ delta }, null, more)], ...reply });
  }

  /** The chunk with the usage and without a choice. */
  usage(model: string, answer: ModelAnswer): string {
    return event({ ...this.frame(model), choices: [], usage: usageOf(answer) });
  }

  /** A whole reply. `choice` and `reply` are additional fields of its choice and of the reply. */
  whole(
    model: string,
    answer: ModelAnswer,
    { message, choice = {}, reply = {} }: { message: object; choice?: object; reply?: object },
  ): CannedReply {
    const said = { role: 'assistant', content: answer.text.join(''), ...message };
    return json(200, {
      ...this.frame(model),
      object: 'chat.completion',
      choices: [this.choice({ message: said }, 'stop', choice)],
      usage: usageOf(answer),
      ...reply,
    });
  }

  private frame(model: string): object {
    return {
      id: this.fields.id,
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model,
      ...this.fields.reply?.(model),
    };
  }

  private choice(content: object, finishReason: string | null, more: object): object {
    return { index: 0, ...content, ...this.fields.choice, finish_reason: finishReason, ...more };
  }
}
