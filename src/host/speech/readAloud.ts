import { l10n } from 'vscode';
import type { Gateway } from '../../core/models/gateway';
import { canSpeak, spokenText } from '../../core/speech/spokenText';
import { splitSpeech } from '../../core/speech/splitSpeech';
import type { Sound, SoundFormat } from '../../gateway/endpoints/speech/readSound';
import type { SpeechMessage } from '../../shared/messages/speechMessage';
import type { ToHost } from '../../shared/messages/toHost';
import { saveFile } from '../ui/saveFile';
import { describeSpeechFailure } from './describeSpeechFailure';
import type { SpeechMaker, SpeechPart } from './speechMaker';
import type { Voice } from './voiceChoice';

/** What `ReadAloud` needs. */
interface ReadAloudPorts {
  readonly maker: Pick<SpeechMaker, 'make' | 'markUnplayable'>;
  readonly voice: {
    readonly current: () => Promise<Voice | undefined>;
    readonly ask: () => Promise<Voice | undefined>;
  };
  readonly findGateway: (id: string) => Gateway | undefined;
  readonly send: (message: SpeechMessage) => void;
}

/** An answer that is read aloud. */
interface Reading {
  readonly request: number;
  readonly parts: readonly SpeechPart[];
  /** The sounds so far, for Save. */
  readonly sounds: Map<number, Sound>;
  isStopped: boolean;
}

const mimeTypes: Readonly<Record<SoundFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  aac: 'audio/aac',
  mp4: 'audio/mp4',
  webm: 'audio/webm',
};

/** Reads answers aloud for the page, which plays one part and requests the next one meanwhile. */
export class ReadAloud {
  private reading: Reading | undefined;
  /** The last request, also while the user is asked for a voice. */
  private latest = -1;

  constructor(private readonly ports: ReadAloudPorts) {}

  /**
   * Begins to read.
   *
   * @param markdown The text of the answer.
   */
  async begin({ request, plays, choose }: ToHost['read-aloud'], markdown: string): Promise<void> {
    const { voice: voices, send, findGateway } = this.ports;
    this.latest = request;
    const texts = splitSpeech(spokenText(markdown))
      .map((text) => text.trim())
      .filter(canSpeak);
    if (texts.length === 0) {
      const sentence = l10n.t('This answer has no text to read aloud.');
      send({ kind: 'failed', request, index: 0, sentence, details: '', action: null });
      return;
    }
    const remembered = choose === true ? undefined : await voices.current();
    const voice = remembered ?? (await voices.ask());
    // The user has stopped, or has started to read another answer.
    if (this.latest !== request) return;
    const gateway = voice === undefined ? undefined : findGateway(voice.gatewayId);
    if (voice === undefined || gateway === undefined) {
      send({ kind: 'declined', request });
      return;
    }
    const { modelId } = voice;
    this.stop();
    this.reading = {
      request,
      parts: texts.map((text) => ({ gateway, modelId, voice: voice.voice, text, plays })),
      sounds: new Map(),
      isStopped: false,
    };
    const name = voice.voice?.slice(voice.voice.lastIndexOf(':') + 1);
    const shown = name === undefined ? modelId : `${name} · ${modelId}`;
    send({ kind: 'begun', request, parts: texts.length, voice: shown });
  }

  /** Makes the sound of one part, unless that is no longer wanted. */
  async load({ request, index }: ToHost['load-speech']): Promise<void> {
    const reading = this.of(request);
    const part = reading?.parts[index];
    if (reading === undefined || part === undefined) return;
    const made = await this.ports.maker.make(part, () => !reading.isStopped);
    if (made.kind === 'dropped') return;
    if (made.kind === 'failed') {
      const failure = describeSpeechFailure(made.failure, made.mayBeBilled);
      this.ports.send({ kind: 'failed', request, index, ...failure });
      return;
    }
    const { format, bytes } = made.sound;
    reading.sounds.set(index, made.sound);
    const url = `data:${mimeTypes[format]};base64,${Buffer.from(bytes).toString('base64')}`;
    this.ports.send({ kind: 'loaded', request, index, url });
  }

  /** The page cannot play a part: later parts of this model are requested in another format. */
  unplayable({ request, index }: ToHost['speech-unplayable']): void {
    const part = this.of(request)?.parts[index];
    if (part !== undefined) this.ports.maker.markUnplayable(part);
  }

  /** Writes a part to a file that the user chooses. */
  async save({ request, index }: ToHost['save-speech']): Promise<void> {
    const sound = this.of(request)?.sounds.get(index);
    if (sound !== undefined) await saveFile(`speech.${sound.format}`, sound.bytes);
  }

  /** Stops a reading. Requests that were sent go on, because they are paid for; their sounds are kept for the next time. */
  end({ request }: ToHost['stop-speech']): void {
    if (this.latest === request) this.latest = -1;
    if (this.reading?.request === request) this.stop();
  }

  private stop(): void {
    if (this.reading !== undefined) this.reading.isStopped = true;
  }

  private of(request: number): Reading | undefined {
    return this.reading?.request === request ? this.reading : undefined;
  }
}
