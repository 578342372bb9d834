import type { Media } from '../shared/media';
import type { ChunkChoice } from './chunk';
import type { PartQueue } from './partQueue';
import { SoundAssembler } from './soundAssembler';
import { ThinkTags } from './thinkTags';
import { ToolCallAssembler } from './toolCallAssembler';

/** These say that the answer stopped before its end: arguments may be missing. */
const cuttingReasons: ReadonlySet<string> = new Set(['length', 'max_tokens', 'content_filter', 'error']);

/** More pictures than this nobody looks at, and a page that shows them stands still; what comes after them is left out. */
const mostMedia = 200;

/** Turns what a reply says of one of its `n` answers into parts, and remembers what it must. */
export class ChoiceReader {
  finishReason: string | null = null;
  /** True when something to show came that is no reasoning: text, or media. */
  hasText = false;
  hasReasoning = false;
  callsTool = false;
  private hasDeltaText = false;
  private hasDeltaReasoning = false;
  private hasDeltaCalls = false;
  private hasDeltaSound = false;
  private hasDeltaTokens = false;
  /** All that came so far, where each piece repeats it. */
  private readonly soFar = { text: '', reasoning: '' };
  private readonly mediaUrls = new Set<string>();
  private readonly sound = new SoundAssembler();
  private readonly thinkTags: ThinkTags;
  private readonly calls: ToolCallAssembler;
  /** What parts of this choice carry: nothing for the first. */
  private readonly mark: { readonly choice?: number };

  constructor(
    private readonly index: number,
    private readonly parts: PartQueue,
    private readonly cumulative: boolean,
  ) {
    this.mark = index === 0 ? {} : { choice: index };
    this.calls = new ToolCallAssembler(cumulative);
    this.thinkTags = new ThinkTags((kind, text) => {
      parts.addText(kind, text, index);
      if (kind === 'text') this.hasText = true;
      else this.hasReasoning = true;
    });
  }

  /** Reads what a chunk says of this choice. Returns how many pieces of answer it brought. */
  read(choice: ChunkChoice): number {
    let pieces = this.readText(choice);
    pieces += this.readTokens(choice);
    pieces += this.readMedia(choice);
    pieces += this.readToolCalls(choice);
    if (choice.finishReason !== undefined) {
      this.finishReason = choice.finishReason;
      pieces += 1;
    }
    return pieces;
  }

  /** Takes text that a delta brought. */
  addDelta(kind: 'text' | 'reasoning', text: string): void {
    if (kind === 'text') this.hasDeltaText = true;
    else this.hasDeltaReasoning = true;
    this.addText(kind, this.cumulative ? this.withoutRepetition(kind, text) : text);
  }

  /**
   * The reply is over: lets go of what was held back. `isWhole` when the reply said that it is
   * complete, even where this choice has no finish reason.
   */
  close(isWhole: boolean): void {
    this.thinkTags.end();
    const sound = this.sound.finish();
    if (sound !== undefined) this.parts.add({ kind: 'media', media: sound, ...this.mark });
    const { finishReason } = this;
    const isCut = finishReason === null && !isWhole;
    const mayBeCut = finishReason !== null && cuttingReasons.has(finishReason);
    for (const call of this.calls.finish(isCut, mayBeCut)) {
      this.parts.add({ kind: 'tool-call', call, ...this.mark });
    }
    if (finishReason !== null && this.index > 0) {
      this.parts.add({ kind: 'choice-finished', choice: this.index, finishReason });
    }
  }

  /** The message at the end of some streams repeats what the deltas said. */
  private readText({ text, reasoning, isMessage }: ChunkChoice): number {
    let pieces = 0;
    const repeatsReasoning = isMessage && (this.hasDeltaText || this.hasDeltaReasoning);
    if (reasoning !== '' && !repeatsReasoning) {
      if (isMessage) this.addText('reasoning', reasoning);
      else this.addDelta('reasoning', reasoning);
      pieces += 1;
    }
    if (text !== '' && !(isMessage && this.hasDeltaText)) {
      if (isMessage) this.addText('text', text);
      else this.addDelta('text', text);
      pieces += 1;
    }
    return pieces;
  }

  private readTokens({ tokens, isMessage }: ChunkChoice): number {
    if (tokens.length === 0 || (isMessage && this.hasDeltaTokens)) return 0;
    this.hasDeltaTokens ||= !isMessage;
    this.parts.add({ kind: 'tokens', tokens, ...this.mark });
    return 1;
  }

  private readMedia({ media, sound, isMessage }: ChunkChoice): number {
    let pieces = 0;
    for (const item of media) if (this.addMedia(item)) pieces += 1;
    if (sound !== undefined && !(isMessage && this.hasDeltaSound)) {
      this.hasDeltaSound ||= !isMessage;
      this.sound.add(sound);
      this.hasText ||= !this.sound.isEmpty;
      pieces += 1;
    }
    return pieces;
  }

  /** Gateways name the same picture in several fields and several chunks. */
  private addMedia(media: Media): boolean {
    if (this.mediaUrls.has(media.url) || this.mediaUrls.size >= mostMedia) return false;
    this.mediaUrls.add(media.url);
    this.hasText = true;
    this.parts.add({ kind: 'media', media, ...this.mark });
    return true;
  }

  private readToolCalls({ toolCalls, isMessage }: ChunkChoice): number {
    if (toolCalls.length === 0 || (isMessage && this.hasDeltaCalls)) return 0;
    this.hasDeltaCalls ||= !isMessage;
    this.callsTool = true;
    for (const call of toolCalls) this.calls.add(call);
    return 1;
  }

  private addText(kind: 'text' | 'reasoning', text: string): void {
    if (kind === 'text') {
      this.thinkTags.feed(text);
    } else {
      this.hasReasoning = true;
      this.parts.addText('reasoning', text, this.index);
    }
  }

  /** What is new in a piece that repeats all before it. A piece that does not is new as a whole. */
  private withoutRepetition(kind: 'text' | 'reasoning', text: string): string {
    const before = this.soFar[kind];
    if (text.startsWith(before)) {
      this.soFar[kind] = text;
      return text.slice(before.length);
    }
    this.soFar[kind] = before + text;
    return text;
  }
}
