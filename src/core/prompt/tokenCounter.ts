import { estimateTokenCount } from 'tokenx';
import { formatModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import type { PromptMessage } from '../ports/promptMessage';
import type { ComposedMessage } from './buildPrompt';

/** Tokens that a chat format adds for each message. */
const perMessage = 4;
/** Tokens of a picture until the gateway has counted some. Models differ by a factor of more than ten. */
const perPicture = 800;
const cheapestPicture = 50;
const dearestPicture = 8_000;
/** The estimate of a longer text is cached, in UTF-16 units: each prompt counts the whole history again. */
const shortestCached = 200;
/** Most cached text, in UTF-16 units: more than the largest context windows hold. */
const mostCached = 8_000_000;
/** A longer text is estimated by samples, in UTF-16 units: counting a megabyte takes a tenth of a second. */
const longestCounted = 500_000;
const samples = 16;
const sampleLength = 16_000;
/** Most tokens of the empty line between two pieces of a message. */
const mostPerSeparator = 2;
/** Weight of a new observation against the earlier ones: the counts of a gateway vary. */
const weight = 0.4;
/** Bounds of the correction factor. Outside of them, the gateway counts something else (cached or hidden prompts). */
const smallestFactor = 0.5;
const largestFactor = 3;

/** Stores correction factors under `gatewayId/modelId`, and tokens per picture under `gatewayId/modelId pictures`. */
export interface CalibrationMemory {
  get(model: string): number | undefined;
  set(model: string, factor: number): void;
}

/**
 * Estimates token counts and corrects the estimates by the counts that gateways report, separately for each model. An exact
 * tokenizer would need about a megabyte for each family of models.
 */
export class TokenCounter {
  /** Cached estimates by text, least recently used first. */
  private readonly counts = new Map<string, number>();
  private cachedLength = 0;

  constructor(private readonly memory: CalibrationMemory) {}

  /** Estimates the tokens of a text for a model. */
  countText(model: ModelReference, text: string): number {
    return Math.round(this.rawText(text) * this.factor(model));
  }

  /** Estimates the tokens of a whole prompt for a model. */
  countPrompt(model: ModelReference, messages: readonly PromptMessage[]): number {
    const pictures = countPictures(messages);
    const text = this.rawPrompt(messages) * this.factor(model);
    return Math.round(text + (pictures === 0 ? 0 : pictures * this.pictureCost(model)));
  }

  /**
   * Estimates the tokens of each piece of a prompt, not rounded. The result has a list for each message. The whole prompt has
   * some more tokens (`countPrompt`), which the chat format adds.
   */
  countPieces(model: ModelReference, messages: readonly ComposedMessage[]): number[][] {
    const factor = this.factor(model);
    const pictureCost = this.pictureCost(model);
    return messages.map(({ message, pieces }) => {
      const whole = this.rawMessage(message);
      const counts =
        pieces.length === 1 ? [whole] : pieces.map(({ text }) => (text === '' ? 0 : this.rawText(text)));
      const sum = counts.reduce((total, count) => total + count, 0);
      // A long message is estimated by samples, and the estimates of its pieces add up to something else.
      const isAdditive = sum === 0 || Math.abs(whole - sum) <= mostPerSeparator * pieces.length;
      const scale = isAdditive ? factor : (factor * whole) / sum;
      return pieces.map(({ pictures }, index) => (counts[index] ?? 0) * scale + pictures * pictureCost);
    });
  }

  /** True when a gateway's count has corrected the estimates for this model. */
  isCalibrated(model: ModelReference): boolean {
    return this.memory.get(formatModelReference(model)) !== undefined;
  }

  /** Learns from a gateway's count: the correction factor from a prompt without pictures, otherwise the tokens per picture. */
  observe(model: ModelReference, messages: readonly PromptMessage[], promptTokens: number): void {
    if (promptTokens <= 0) return;
    const raw = this.rawPrompt(messages);
    const pictures = countPictures(messages);
    if (pictures > 0) {
      const cost = (promptTokens - raw * this.factor(model)) / pictures;
      if (cost >= cheapestPicture && cost <= dearestPicture) this.learn(pictureKey(model), cost);
    } else if (raw >= 50) {
      const factor = Math.min(largestFactor, Math.max(smallestFactor, promptTokens / raw));
      this.learn(formatModelReference(model), factor);
    }
  }

  private learn(key: string, observed: number): void {
    const before = this.memory.get(key);
    this.memory.set(key, before === undefined ? observed : before + (observed - before) * weight);
  }

  private pictureCost(model: ModelReference): number {
    return this.memory.get(pictureKey(model)) ?? perPicture;
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
    if (text.length < shortestCached) return estimateTokenCount(text);
    const known = this.counts.get(text);
    const count =
      known ?? (text.length > longestCounted ? estimateBySamples(text) : estimateTokenCount(text));
    if (known === undefined) this.cachedLength += text.length;
    else this.counts.delete(text);
    this.counts.set(text, count);
    this.forgetOldest();
    return count;
  }

  private forgetOldest(): void {
    for (const oldest of this.counts.keys()) {
      if (this.cachedLength <= mostCached) return;
      this.counts.delete(oldest);
      this.cachedLength -= oldest.length;
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

/** The key for a model's tokens per picture. Cannot be a model reference, because those hold no spaces. */
function pictureKey(model: ModelReference): string {
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
