import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waveHeader } from '../../gateway/reply/fields/waveHeader';
import type { Recorder } from './findRecorders';
import { recordedRate } from './recorderCommands';

/** What became of a recording. */
export type RecordedSound =
  /** `bytes` are a WAV file. */
  | { readonly kind: 'sound'; readonly bytes: Uint8Array }
  /** Nothing but zeros came: the system does not let the program use the microphone, or it is muted. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'too-short' }
  /** No recorder began. `detail` is what the last one wrote. */
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'cancelled' };

type RecordingState = 'recording' | 'stopping' | 'cancelled';

/** Limits in milliseconds. */
interface RecordingLimits {
  /** Until the first sound. The system may ask the user for permission meanwhile. */
  readonly start: number;
  readonly length: number;
  /** From Stop to the end of the program. It is then killed. */
  readonly end: number;
}

const usualLimits: RecordingLimits = { start: 30_000, length: 5 * 60_000, end: 5_000 };

const bytesPerSecond = recordedRate * 2;
const headerLength = 44;
/** The shortest recording that can hold a word, in bytes. */
const shortest = bytesPerSecond * 0.3;
/** The largest one, also if a program sends more than was asked for. */
const longest = bytesPerSecond * 400;

/** Records the microphone with a program of the system. Begins at once. The program never outlives the recording. */
export class Recording {
  /** Resolves when the recording has ended. Never rejects. */
  readonly ended: Promise<RecordedSound>;
  /** The loudness of the last moment from 0 to 1; undefined if the program does not tell it. */
  level: number | undefined;
  /** How much the program has sent, in bytes. */
  length = 0;
  private state: RecordingState = 'recording';
  private endProgram: (() => void) | undefined;

  /**
   * @param recorders Tried one after the other until one gives a sound.
   * @param onStarted Called when sound arrives.
   */
  constructor(
    recorders: readonly Recorder[],
    private readonly onStarted: () => void,
    private readonly limits: RecordingLimits = usualLimits,
  ) {
    this.ended = this.run(recorders).catch((error: unknown) => ({ kind: 'failed', detail: String(error) }));
  }

  /** Ends the recording and keeps it. */
  stop(): void {
    if (!this.is('recording')) return;
    this.state = 'stopping';
    this.endProgram?.();
  }

  /** Ends the recording and discards it. */
  cancel(): void {
    this.state = 'cancelled';
    this.endProgram?.();
  }

  /** A check that the compiler does not take for the last word: the state changes while the recording waits. */
  private is(state: RecordingState): boolean {
    return this.state === state;
  }

  private async run(recorders: readonly Recorder[]): Promise<RecordedSound> {
    let detail = '';
    for (const recorder of recorders) {
      const folder = await mkdtemp(join(tmpdir(), 'parley-recording-'));
      try {
        if (this.is('recording')) {
          const { bytes, hasStarted, words } = await this.record(recorder, join(folder, 'recording.wav'));
          if (hasStarted && !this.is('cancelled')) return judge(bytes, recorder);
          detail = words === '' ? detail : words;
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
      if (this.is('cancelled')) return { kind: 'cancelled' };
      if (this.is('stopping')) return { kind: 'too-short' };
    }
    return { kind: 'failed', detail };
  }

  private record(
    { program, parameters, output }: Recorder,
    file: string,
  ): Promise<{ readonly bytes: Buffer; readonly hasStarted: boolean; readonly words: string }> {
    return new Promise((resolve) => {
      const pieces: Buffer[] = [];
      let words = '';
      let hasStarted = false;
      const child = spawn(program, parameters, {
        env: { ...process.env, PARLEY_RECORDING: file },
        windowsHide: true,
      });
      let timer = setTimeout(() => {
        kill(child);
      }, this.limits.start);
      const end = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          kill(child);
        }, this.limits.end);
        if (this.is('cancelled')) kill(child);
        else if (output === 'file') child.stdin.end();
        else child.kill();
      };
      const begin = (): void => {
        if (hasStarted) return;
        hasStarted = true;
        clearTimeout(timer);
        if (!this.is('recording')) return;
        timer = setTimeout(() => {
          this.stop();
        }, this.limits.length);
        this.onStarted();
      };
      this.endProgram = end;
      // The program may have ended while its input is closed.
      child.stdin.on('error', () => undefined);
      child.stdout.on('data', (piece: Buffer) => {
        if (this.length > longest) return;
        pieces.push(piece);
        this.length += piece.length;
        if (output === 'file') return;
        begin();
        this.level = levelOf(piece);
        if (this.length > longest) this.stop();
      });
      child.stderr.on('data', (piece: Buffer) => {
        words = (words + piece.toString()).slice(-2_000);
        if (output === 'file' && words.includes('recording')) begin();
      });
      const finish = (problem: string): void => {
        clearTimeout(timer);
        this.endProgram = undefined;
        this.level = undefined;
        resolve({ bytes: Buffer.concat(pieces), hasStarted, words: problem });
      };
      child.on('error', (error) => {
        finish(error.message);
      });
      child.on('close', () => {
        finish(words.trim().split('\n').at(-1) ?? '');
      });
    });
  }
}

/** A program that was paused or hangs ends, too. */
function kill(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
}

function judge(bytes: Buffer, { output }: Recorder): RecordedSound {
  const samples = output === 'file' ? bytes.subarray(headerLength) : bytes;
  const whole = samples.subarray(0, samples.length - (samples.length % 2));
  if (whole.length < shortest) return { kind: 'too-short' };
  if (isSilent(whole)) return { kind: 'silent' };
  return {
    kind: 'sound',
    bytes: output === 'file' ? bytes : Buffer.concat([waveHeader(whole.length, recordedRate), whole]),
  };
}

function isSilent(samples: Buffer): boolean {
  for (let at = 0; at + 1 < samples.length; at += 2) if (Math.abs(samples.readInt16LE(at)) > 1) return false;
  return true;
}

/** The loudness of samples on a scale on which quiet speech is visible. */
function levelOf(samples: Buffer): number {
  let square = 0;
  const count = Math.floor(samples.length / 2);
  for (let at = 0; at < count; at += 1) square += (samples.readInt16LE(at * 2) / 32_768) ** 2;
  return count === 0 ? 0 : Math.min(1, Math.sqrt(square / count) ** 0.5 * 1.5);
}
