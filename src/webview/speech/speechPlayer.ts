import { batch, signal } from '@preact/signals';
import type { Translate } from '../../shared/kit/translate';
import { playableFormats, type SpeechMessage } from '../../shared/messages/speechMessage';
import type { Post } from '../state/createPost';

/** Why a reading does not go on, and what helps. */
interface ReadingFailure {
  readonly sentence: string;
  /** For the tooltip; '' for none. */
  readonly details: string;
  readonly action: 'retry' | 'voice' | 'save' | null;
}

/** What the reading does. `starting`: the host asks for the voice or splits the text. `loading`: the next part is not here yet. */
type ReadingPhase = 'starting' | 'loading' | 'playing' | 'paused' | 'failed';

const mimeTypes = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const;

/** The rate of the last reading, kept while the page lives. */
const rate = signal(1);

/** What `SpeechPlayer` needs. */
interface SpeechPlayerPorts {
  readonly post: Post;
  readonly t: Translate;
  /** Called once, when the text is read to its end or stopped. */
  readonly onEnd: () => void;
}

/**
 * Reads one answer aloud. Plays the parts of its text one after the other, and requests the next one when the current one plays, so
 * that there is no gap. Each part is requested once, because it costs money; only the user can request it again after a failure.
 */
export class SpeechPlayer {
  readonly phase = signal<ReadingPhase>('starting');
  /** The part that plays, from 0. */
  readonly index = signal(0);
  readonly count = signal(0);
  /** The voice and the model, for display. */
  readonly voice = signal('');
  readonly failure = signal<ReadingFailure | null>(null);
  readonly rate = rate;

  private static lastRequest = 0;
  /** The reading that plays; null until its first reply. */
  private request: number | null = null;
  /** The reading that was requested last, until its reply. */
  private pending: number | null = null;
  private wantsSound = true;
  private hasEnded = false;
  private readonly requested = new Set<number>();
  private readonly sounds = new Map<number, HTMLAudioElement>();
  /** Failures of parts that do not play yet. */
  private readonly laterFailures = new Map<number, ReadingFailure>();

  constructor(
    private readonly id: string,
    private readonly ports: SpeechPlayerPorts,
  ) {}

  /** Starts to read, or reads on from the current part with another voice. */
  begin(choose = false): void {
    SpeechPlayer.lastRequest += 1;
    this.pending = SpeechPlayer.lastRequest;
    const plays = playableFormats.filter((format) => new Audio().canPlayType(mimeTypes[format]) !== '');
    this.ports.post('read-aloud', { request: this.pending, id: this.id, plays, ...(choose && { choose }) });
  }

  /** Takes a message of the host. Ignores those about other readings. */
  receive(message: SpeechMessage): void {
    if (this.hasEnded) return;
    batch(() => {
      if (message.request === this.pending) this.receiveFirst(message);
      else if (message.request === this.request) this.receivePart(message);
    });
  }

  pause(): void {
    this.wantsSound = false;
    this.phase.value = 'paused';
    this.sounds.get(this.index.peek())?.pause();
  }

  resume(): void {
    this.wantsSound = true;
    this.playCurrent();
  }

  setRate(value: number): void {
    rate.value = value;
    for (const sound of this.sounds.values()) sound.playbackRate = value;
  }

  /** Requests the current part again, because the user wants it. */
  retry(): void {
    this.failure.value = null;
    if (this.request === null) {
      this.phase.value = 'starting';
      this.begin();
      return;
    }
    this.requested.delete(this.index.peek());
    this.resume();
  }

  /** Writes the current part to a file. */
  save(): void {
    if (this.request !== null)
      this.ports.post('save-speech', { request: this.request, index: this.index.peek() });
  }

  stop(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    for (const request of [this.request, this.pending])
      if (request !== null) this.ports.post('stop-speech', { request });
    this.release();
    this.ports.onEnd();
  }

  private receiveFirst(message: SpeechMessage): void {
    this.pending = null;
    switch (message.kind) {
      case 'begun':
        this.release();
        this.requested.clear();
        this.laterFailures.clear();
        this.request = message.request;
        this.count.value = message.parts;
        this.index.value = Math.min(this.index.peek(), message.parts - 1);
        this.voice.value = message.voice;
        this.failure.value = null;
        this.wantsSound = true;
        this.playCurrent();
        return;
      case 'declined':
        // Without a voice there is nothing to hear; an earlier voice reads on.
        if (this.request === null) this.stop();
        return;
      case 'failed':
        this.fail(message);
        return;
      case 'loaded':
        return;
    }
  }

  private receivePart(message: SpeechMessage): void {
    if (message.kind === 'loaded') {
      if (this.sounds.has(message.index) || message.index < this.index.peek()) return;
      this.sounds.set(message.index, this.open(message.index, message.url));
      if (message.index === this.index.peek() && this.wantsSound) this.playCurrent();
    } else if (message.kind === 'failed') {
      this.failPart(message.index, message);
    }
  }

  private open(index: number, url: string): HTMLAudioElement {
    const sound = new Audio();
    sound.preload = 'auto';
    sound.src = url;
    sound.onended = () => {
      this.playNext(index);
    };
    sound.onplaying = () => {
      if (index !== this.index.peek() || !this.wantsSound) return;
      this.phase.value = 'playing';
      this.load(index + 1);
    };
    sound.onerror = () => {
      this.failUnplayable(index);
    };
    document.body.append(sound);
    return sound;
  }

  private playNext(index: number): void {
    if (index !== this.index.peek()) return;
    this.close(index);
    if (index + 1 >= this.count.peek()) {
      this.stop();
      return;
    }
    this.index.value = index + 1;
    this.playCurrent();
  }

  private playCurrent(): void {
    const index = this.index.peek();
    const later = this.laterFailures.get(index);
    if (later !== undefined) {
      this.laterFailures.delete(index);
      this.fail(later);
      return;
    }
    const sound = this.sounds.get(index);
    if (sound === undefined) {
      this.phase.value = 'loading';
      this.load(index);
      return;
    }
    // Loading a source resets the rate.
    sound.playbackRate = rate.peek();
    sound.play().catch((error: unknown) => {
      // A pause before the beginning aborts `play`, and `onerror` reports a format that cannot be played.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      // The browser wants a click in the page first. The button is there.
      if (index === this.index.peek() && !this.hasEnded) this.pause();
    });
  }

  private load(index: number): void {
    if (this.request === null || index >= this.count.peek() || this.requested.has(index)) return;
    this.requested.add(index);
    this.ports.post('load-speech', { request: this.request, index });
  }

  private failUnplayable(index: number): void {
    if (this.request === null || !this.sounds.has(index)) return;
    this.ports.post('speech-unplayable', { request: this.request, index });
    const sentence = this.ports.t("VS Code can't play the format of this sound. You can save it as a file.");
    this.failPart(index, { sentence, details: '', action: 'save' });
  }

  private failPart(index: number, failure: ReadingFailure): void {
    if (index === this.index.peek()) this.fail(failure);
    else if (index > this.index.peek()) this.laterFailures.set(index, failure);
  }

  private fail({ sentence, details, action }: ReadingFailure): void {
    batch(() => {
      this.failure.value = { sentence, details, action };
      this.phase.value = 'failed';
    });
  }

  private release(): void {
    for (const index of [...this.sounds.keys()]) this.close(index);
  }

  /** Frees the memory of a sound. */
  private close(index: number): void {
    const sound = this.sounds.get(index);
    if (sound === undefined) return;
    this.sounds.delete(index);
    sound.onended = sound.onplaying = sound.onerror = null;
    sound.pause();
    sound.removeAttribute('src');
    sound.load();
    sound.remove();
  }
}
