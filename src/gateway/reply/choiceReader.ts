import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { Media } from '../../shared/answer/media';
import type { Token } from '../../shared/answer/token';
import { isPlainStop } from '../../shared/answer/isPlainStop';
import type { ChunkChoice } from './chunk';
import type { PartQueue } from './partQueue';
import { ReasoningDetails } from './fields/reasoningDetails';
import { SoundAssembler } from './fields/soundAssembler';
import { SourceCollector } from './fields/sourceCollector';
import { ThinkTags } from './thinking/thinkTags';
import { ToolCallAssembler, type ToolCallDelta } from './fields/toolCallAssembler';

/** How many media of one answer are kept. More would block the panel. */
const mostMedia = 200;

/** Reads the chunks of one of the `n` answers into parts. */
export class ChoiceReader {
  finishReason: string | null = null;
  /** True if the answer has text or media. */
  hasText = false;
  hasReasoning = false;
  callsTool = false;
  /** The length of text and reasoning so far, in UTF-16 code units. */
  length = 0;
  /** What the model demands back with the results of its tools. Known when the reply has ended. */
  keptReasoning: KeptReasoning | undefined;
  private hasMedia = false;
  private hasDeltaText = false;
  private hasDeltaReasoning = false;
  private hasDeltaCalls = false;
  private hasDeltaSound = false;
  private hasDeltaTokens = false;
  /** With cumulative deltas: all text so far, which the next delta repeats. */
  private readonly soFar = { text: '', reasoning: '' };
  /** Tokens of which it is not known yet whether they belong to the text or to the reasoning. */
  private tokens: Token[] = [];
  /** Since tokens were last passed on: the length of the text, and whether there was reasoning. */
  private textSinceTokens = 0;
  private reasoningSinceTokens = false;
  private readonly sources = new SourceCollector();
  private readonly mediaUrls = new Set<string>();
  private readonly sound = new SoundAssembler();
  private readonly details = new ReasoningDetails();
  private readonly thinkTags: ThinkTags;
  private readonly calls: ToolCallAssembler;
  /** The field `choice` of all parts; absent for the first choice. */
  private readonly mark: { readonly choice?: number };

  constructor(
    private readonly index: number,
    private readonly parts: PartQueue,
    private readonly cumulative: boolean,
  ) {
    this.mark = index === 0 ? {} : { choice: index };
    this.calls = new ToolCallAssembler(cumulative);
    this.thinkTags = new ThinkTags(
      (kind, text) => {
        this.emit(kind, text);
      },
      {
        textWasReasoning: () => {
          parts.textWasReasoning(index);
          this.hasText = this.hasMedia;
          this.hasReasoning = true;
          this.textSinceTokens = 0;
          this.reasoningSinceTokens = true;
        },
        call: (name, args) => {
          this.callsTool = true;
          this.addCall({ index: undefined, id: undefined, name, arguments: args, isWhole: false });
        },
      },
    );
  }

  /** Reads a chunk of this choice. Returns the number of parts of the answer in it, which is 0 for an empty chunk. */
  read(choice: ChunkChoice): number {
    let pieces = this.readText(choice);
    pieces += this.readTokens(choice);
    pieces += this.readSources(choice);
    pieces += this.readMedia(choice);
    pieces += this.readToolCalls(choice);
    if (choice.finishReason !== undefined) {
      this.finishReason = choice.finishReason;
      pieces += 1;
    }
    // A repeated picture is no progress, although its field is an unknown one (`hasMore`).
    return pieces > 0 || !choice.hasMore || choice.media.length > 0 ? pieces : 1;
  }

  /** Adds the text of a delta. `isOrdinary`: it is known to be ordinary (see `kindOfCharacters`). */
  addDelta(kind: 'text' | 'reasoning', text: string, isOrdinary = false): void {
    if (kind === 'text') this.hasDeltaText = true;
    else this.hasDeltaReasoning = true;
    this.addText(kind, this.cumulative ? this.withoutRepetition(kind, text) : text, isOrdinary);
  }

  /**
   * Ends the reply: passes on everything that was kept back.
   *
   * @param isWhole True if the gateway reported that the reply is complete, even if this choice has no finish reason.
   */
  close(isWhole: boolean): void {
    this.thinkTags.end();
    this.tellTokens();
    const sound = this.sound.finish();
    if (sound !== undefined) this.parts.add({ kind: 'media', media: sound, ...this.mark });
    const { finishReason } = this;
    this.keptReasoning = this.keep();
    const isCut = finishReason === null && !isWhole;
    // An answer that stopped early may lack the arguments of a tool call.
    const mayBeCut = !isPlainStop(finishReason);
    for (const [index, call] of this.calls.finish(isCut, mayBeCut).entries()) {
      this.parts.add({ kind: 'tool-call', call, index, ...this.mark });
    }
    if (finishReason !== null && this.index > 0) {
      this.parts.add({ kind: 'choice-finished', choice: this.index, finishReason });
    }
  }

  /** Reads text and reasoning. Some streams end with a message that repeats the deltas, which is ignored. */
  private readText({ text, reasoning, details, isMessage }: ChunkChoice): number {
    let pieces = 0;
    if (details.length > 0) this.details.add(details, isMessage);
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
    // No spread: a function call cannot have a hundred thousand arguments.
    for (const token of tokens) this.tokens.push(token);
    if (!this.thinkTags.isOpen) this.tellTokens();
    return 1;
  }

  /** Passes on the tokens of the text, without the tokens of the reasoning before it. */
  private tellTokens(): void {
    const tokens = this.reasoningSinceTokens ? tokensOfEnd(this.tokens, this.textSinceTokens) : this.tokens;
    this.tokens = [];
    this.textSinceTokens = 0;
    this.reasoningSinceTokens = false;
    if (tokens.length > 0) this.parts.add({ kind: 'tokens', tokens, ...this.mark });
  }

  private readSources({ sources }: ChunkChoice): number {
    if (sources.length === 0) return 0;
    const found = this.sources.take(sources);
    if (found.length === 0) return 0;
    this.parts.add({ kind: 'sources', sources: found, ...this.mark });
    return 1;
  }

  private readMedia({ media, sound, isMessage }: ChunkChoice): number {
    let pieces = 0;
    for (const item of media) if (this.addMedia(item)) pieces += 1;
    if (sound !== undefined && !(isMessage && this.hasDeltaSound)) {
      this.hasDeltaSound ||= !isMessage;
      this.sound.add(sound);
      this.hasMedia ||= !this.sound.isEmpty;
      this.hasText ||= this.hasMedia;
      pieces += 1;
    }
    return pieces;
  }

  private keep(): KeptReasoning | undefined {
    const { signatures, isEmpty } = this.calls;
    if (isEmpty) return undefined;
    const details = this.details.all;
    const items = [
      ...(details.length === 0
        ? []
        : [{ type: 'reasoning_details' as const, afterText: false, afterCalls: 0, details: [...details] }]),
      ...signatures,
    ];
    return items.length === 0 ? undefined : items;
  }

  /** Adds a medium once: gateways repeat the same one in several fields and chunks. */
  private addMedia(media: Media): boolean {
    if (this.mediaUrls.has(media.url) || this.mediaUrls.size >= mostMedia) return false;
    this.mediaUrls.add(media.url);
    this.hasText = true;
    this.hasMedia = true;
    this.parts.add({ kind: 'media', media, ...this.mark });
    return true;
  }

  private readToolCalls({ toolCalls, isMessage }: ChunkChoice): number {
    if (toolCalls.length === 0 || (isMessage && this.hasDeltaCalls)) return 0;
    this.hasDeltaCalls ||= !isMessage;
    this.callsTool = true;
    for (const call of toolCalls) this.addCall(call);
    return 1;
  }

  private addCall(delta: ToolCallDelta): void {
    const growth = this.calls.add(delta);
    if (growth === undefined) return;
    const { index, name, text } = growth;
    if (name !== undefined) this.parts.add({ kind: 'tool-call-started', index, name, ...this.mark });
    this.parts.addArguments(index, text, this.index);
  }

  private addText(kind: 'text' | 'reasoning', text: string, isOrdinary = false): void {
    if (kind === 'text') this.thinkTags.feed(text, isOrdinary);
    else this.emit('reasoning', text);
  }

  private emit(kind: 'text' | 'reasoning', text: string): void {
    this.length += text.length;
    if (kind === 'text') {
      this.hasText = true;
      this.textSinceTokens += text.length;
    } else {
      this.hasReasoning = true;
      this.reasoningSinceTokens = true;
    }
    this.parts.addText(kind, text, this.index);
  }

  /** The new text of a cumulative delta. A delta that does not repeat the text before it is completely new. */
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

/** The last tokens whose total length is at most `length`, in UTF-16 code units. */
function tokensOfEnd(tokens: readonly Token[], length: number): readonly Token[] {
  let rest = length;
  let start = tokens.length;
  for (; start > 0; start -= 1) {
    rest -= tokens[start - 1]?.text.length ?? 0;
    if (rest < 0) break;
  }
  return tokens.slice(start);
}
