import { estimateTokenCount } from 'tokenx';
import { formatModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import type { PromptMessage } from '../ports/promptMessage';

/** Tokens that a chat format adds around each message. */
const perMessage = 4;
/** What a picture costs at common resolutions, until a model's gateway has counted some; models differ by more than ten times. */
const perPicture = 800;
const cheapestPicture = 50;
const dearestPicture = 8_000;
/** A text longer than this is estimated once and remembered: histories are counted again for each prompt. */
const worthRemembering = 200;
/**
 * Texts that are remembered stay in memory; together they have at most so many UTF-16 units: more than the largest windows
 * hold, so that a long history is not counted over and over.
 */
const mostRemembered = 8_000_000;
/** A longer text is estimated by samples: counting a megabyte takes a tenth of a second. */
const longestCounted = 500_000;
const samples = 16;
const sampleLength = 16_000;
/** How much of a new observation goes into the factor; gateways count a little differently each time. */
const weight = 0.4;
/** A factor outside of these is a gateway that counts something else (cached or hidden prompts). */
const smallest = 0.5;
const largest = 3;

/** Where correction factors are kept, by `gatewayId/modelId`; what a picture costs in tokens, by that and ` pictures`. */
export interface CalibrationMemory {
  get(model: string): number | undefined;
  set(model: string, factor: number): void;
}

/**
 * Estimates tokens without a tokenizer (which would weigh a megabyte for each family of models) and
 * corrects itself, per model, by the counts that gateways report.
 */
export class TokenCounter {
  /** By the text; what was needed last stands last. */
  private readonly counts = new Map<string, number>();
  private rememberedLength = 0;

  constructor(private readonly memory: CalibrationMemory) {}

  /** Tokens of a text for a model, about. */
  countText(model: ModelReference, text: string): number {
    return Math.round(this.rawText(text) * this.factor(model));
  }

  /** Tokens of a whole prompt for a model, about. */
  countPrompt(model: ModelReference, messages: readonly PromptMessage[]): number {
    const pictures = countPictures(messages);
    const text = this.rawPrompt(messages) * this.factor(model);
    return Math.round(text + (pictures === 0 ? 0 : pictures * this.pictureCost(model)));
  }

  /** True when a gateway's counts have corrected the estimates for this model. */
  isCalibrated(model: ModelReference): boolean {
    return this.memory.get(formatModelReference(model)) !== undefined;
  }

  /** Learns from what a gateway counted for a prompt: of words what they cost, of one with pictures what these cost. */
  observe(model: ModelReference, messages: readonly PromptMessage[], promptTokens: number): void {
    if (promptTokens <= 0) return;
    const raw = this.rawPrompt(messages);
    const pictures = countPictures(messages);
    if (pictures > 0) {
      const cost = (promptTokens - raw * this.factor(model)) / pictures;
      if (cost >= cheapestPicture && cost <= dearestPicture) this.learn(picturesOf(model), cost);
    } else if (raw >= 50) {
      this.learn(formatModelReference(model), Math.min(largest, Math.max(smallest, promptTokens / raw)));
    }
  }

  private learn(key: string, observed: number): void {
    const before = this.memory.get(key);
    this.memory.set(key, before === undefined ? observed : before + (observed - before) * weight);
  }

  private pictureCost(model: ModelReference): number {
    return this.memory.get(picturesOf(model)) ?? perPicture;
  }

  private factor(model: ModelReference): number {
    return this.memory.get(formatModelReference(model)) ?? 1;
  }

  private rawPrompt(messages: readonly PromptMessage[]): number {
    let sum = 0;
    for (const message of messages) sum += perMessage + this.rawMessage(message);
    return sum;
  }

  private rawMessage(message: PromptMessage): number {
    if (message.role === 'user' && typeof message.content !== 'string') {
      let sum = 0;
      for (const part of message.content) if (part.type === 'text') sum += this.rawText(part.text);
      return sum;
    }
    const text = this.rawText(typeof message.content === 'string' ? message.content : '');
    if (message.role !== 'assistant') return text;
    const calls = message.toolCalls ?? [];
    return (
      text +
      this.rawText(message.reasoning ?? '') +
      calls.reduce((sum, call) => sum + this.rawText(call.name) + this.rawText(call.arguments), 0)
    );
  }

  private rawText(text: string): number {
    if (text.length < worthRemembering) return estimateTokenCount(text);
    const known = this.counts.get(text);
    const count =
      known ?? (text.length > longestCounted ? estimateBySamples(text) : estimateTokenCount(text));
    if (known === undefined) this.rememberedLength += text.length;
    else this.counts.delete(text);
    this.counts.set(text, count);
    this.forgetOldest();
    return count;
  }

  private forgetOldest(): void {
    for (const oldest of this.counts.keys()) {
      if (this.rememberedLength <= mostRemembered) return;
      this.counts.delete(oldest);
      this.rememberedLength -= oldest.length;
    }
  }
}

function countPictures(messages: readonly PromptMessage[]): number {
  let count = 0;
  for (const { content } of messages) {
    if (typeof content === 'string') continue;
    for (const part of content) if (part.type === 'image_url') count += 1;
  }
  return count;
}

/** No model's name ends so: it would need a blank. */
function picturesOf(model: ModelReference): string {
  return `${formatModelReference(model)} pictures`;
}

function estimateBySamples(text: string): number {
  const step = (text.length - sampleLength) / (samples - 1);
  let count = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const start = Math.floor(sample * step);
    count += estimateTokenCount(text.slice(start, start + sampleLength));
  }
  return Math.round((count * text.length) / (samples * sampleLength));
}
