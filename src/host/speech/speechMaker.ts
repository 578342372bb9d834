import { createHash } from 'node:crypto';
import type { Gateway } from '../../core/models/gateway';
import type { Sound } from '../../gateway/endpoints/speech/readSound';
import type { SpeechReply, SpeechRequest } from '../../gateway/endpoints/speech/requestSpeech';
import type { Failure } from '../../shared/failure/failure';

/** One part of a spoken text. */
export interface SpeechPart {
  readonly gateway: Gateway;
  readonly modelId: string;
  readonly voice: string | null;
  readonly text: string;
  /** The formats that the view can play. */
  readonly plays: readonly SpeechRequest['format'][];
}

/** A part as sound, or why there is none. `dropped`: it was no longer wanted before it was sent. */
type MadeSpeech =
  | { readonly kind: 'sound'; readonly sound: Sound }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly mayBeBilled: boolean }
  | { readonly kind: 'dropped' };

/** What `SpeechMaker` needs. */
interface SpeechMakerPorts {
  readonly speak: (request: SpeechRequest) => Promise<SpeechReply>;
  readonly cache: {
    readonly find: (name: string) => Promise<Sound | undefined>;
    readonly keep: (name: string, sound: Sound) => Promise<void>;
  };
  /** Models that do not make MP3, or whose MP3 this computer cannot play. */
  readonly wavOnly: { readonly has: (model: string) => boolean; readonly add: (model: string) => void };
  /** Seconds until the connection is open. */
  readonly connect: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** How many requests run at once. */
const mostAtOnce = 2;

/** How often a part is sent again after the gateway refused it because of too many requests, which costs nothing. */
const mostWaits = 3;

/** The longest wait before that, in seconds. */
const longestWait = 30;

/**
 * Makes the sounds of parts. The gateway charges for each request, so a part that is being made or was made is never requested
 * again, and nothing is repeated after a failure, except where the gateway has refused to work.
 */
export class SpeechMaker {
  private readonly running = new Map<string, Promise<MadeSpeech>>();
  private atWork = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly ports: SpeechMakerPorts) {}

  /**
   * Makes the sound of a part. Never rejects for a failure of the gateway.
   *
   * @param isWanted Asked before each request is sent.
   */
  async make(part: SpeechPart, isWanted: () => boolean): Promise<MadeSpeech> {
    const name = this.nameOf(part);
    const made = await (this.running.get(name) ?? this.start(name, part, isWanted));
    // The reading that started this part was stopped, and another one has joined it.
    return made.kind === 'dropped' && isWanted() ? await this.make(part, isWanted) : made;
  }

  /** To be called when the view could not play a sound of this model. */
  markUnplayable({ gateway, modelId }: Pick<SpeechPart, 'gateway' | 'modelId'>): void {
    this.ports.wavOnly.add(modelKey(gateway, modelId));
  }

  private async start(name: string, part: SpeechPart, isWanted: () => boolean): Promise<MadeSpeech> {
    const making = this.makeOnce(name, part, isWanted).finally(() => this.running.delete(name));
    this.running.set(name, making);
    return await making;
  }

  private async makeOnce(name: string, part: SpeechPart, isWanted: () => boolean): Promise<MadeSpeech> {
    const known = await this.ports.cache.find(name);
    if (known !== undefined) return { kind: 'sound', sound: known };
    await this.takeTurn();
    try {
      const made = await this.request(part, isWanted);
      if (made.kind === 'sound') {
        await this.ports.cache.keep(name, made.sound);
        // The gateway may just have taught which format it makes, and the part then has another name.
        const later = this.nameOf(part);
        if (later !== name) await this.ports.cache.keep(later, made.sound);
      }
      return made;
    } finally {
      this.atWork -= 1;
      this.waiting.shift()?.();
    }
  }

  private async takeTurn(): Promise<void> {
    while (this.atWork >= mostAtOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.atWork += 1;
  }

  private async request(part: SpeechPart, isWanted: () => boolean): Promise<MadeSpeech> {
    const { gateway, modelId, voice, text } = part;
    for (let waits = 0; ;) {
      if (!isWanted()) return { kind: 'dropped' };
      const format = this.formatOf(part);
      const reply = await this.ports.speak({
        gateway,
        modelId,
        text,
        ...(voice !== null && { voice }),
        format,
        connect: this.ports.connect(),
      });
      if (reply.kind === 'format-refused') {
        if (format === 'wav') return { kind: 'failed', failure: reply.failure, mayBeBilled: false };
        this.ports.wavOnly.add(modelKey(gateway, modelId));
        continue;
      }
      const seconds = reply.kind === 'failed' ? waitBefore(reply.failure, waits) : undefined;
      if (seconds === undefined) return reply;
      waits += 1;
      await this.ports.wait(seconds * 1_000);
    }
  }

  private formatOf({ gateway, modelId, plays }: SpeechPart): SpeechRequest['format'] {
    return plays.includes('mp3') && !this.ports.wavOnly.has(modelKey(gateway, modelId)) ? 'mp3' : 'wav';
  }

  /** The name of a part's file: the same for the same sound only. */
  private nameOf(part: SpeechPart): string {
    const { gateway, modelId, voice, text } = part;
    const facts = [gateway.id, gateway.baseUrl, modelId, voice, this.formatOf(part), text];
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  }
}

function modelKey(gateway: Gateway, modelId: string): string {
  return `${gateway.id} ${modelId}`;
}

/** Seconds to wait after the gateway refused a request because of too many. Undefined if it should not be sent again. */
function waitBefore({ kind, status, retryable, seconds }: Failure, waits: number): number | undefined {
  if (kind !== 'rate-limited' || status !== 429 || !retryable || waits >= mostWaits) return undefined;
  const wait = seconds ?? 5 * 2 ** waits;
  return wait <= longestWait ? wait : undefined;
}
