import type { Media } from '../../../shared/answer/media';

/** A delta of a sound, from `audio: {data, format}`. */
export interface SoundDelta {
  /** Base64. */
  readonly data: string;
  readonly format: string | undefined;
}

/** A streamed sound without a format is 16-bit mono PCM with this many samples per second (OpenAI, "Audio and speech"). */
const samplesPerSecond = 24_000;
const bytesPerSample = 2;

/** A sound is cut after this many bytes, because a longer line of a journal could not be read again. */
const mostBytes = 40_000_000;

const mimeTypes: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  mpeg: 'audio/mpeg',
  opus: 'audio/ogg',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  aac: 'audio/aac',
};

/** The MIME type for a `format`; undefined for raw samples and unknown formats. */
export function soundMimeType(format: string | undefined): string | undefined {
  return format === undefined ? undefined : mimeTypes[format.toLowerCase()];
}

/** Joins the sound of one choice from its deltas. */
export class SoundAssembler {
  private pieces: Buffer[] = [];
  private length = 0;
  private format: string | undefined;

  get isEmpty(): boolean {
    return this.pieces.length === 0;
  }

  add({ data, format }: SoundDelta): void {
    this.format ??= format;
    // A whole sound may be a data URL. Each delta is complete base64 with its own padding.
    const bytes = Buffer.from(data.replace(/^data:[^,]*,/, ''), 'base64');
    this.length += bytes.length;
    if (bytes.length > 0 && this.length <= mostBytes) this.pieces.push(bytes);
  }

  /** The sound so far in a playable format; undefined if there is none. */
  finish(): Media | undefined {
    if (this.isEmpty) return undefined;
    const bytes = Buffer.concat(this.pieces);
    this.pieces = [];
    const mimeType = mimeTypeOfBytes(bytes) ?? soundMimeType(this.format);
    const playable = mimeType === undefined ? Buffer.concat([waveHeader(bytes.length), bytes]) : bytes;
    const type = mimeType ?? 'audio/wav';
    return { kind: 'audio', url: `data:${type};base64,${playable.toString('base64')}`, mimeType: type };
  }
}

function mimeTypeOfBytes(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 4);
  if (beginning === 'RIFF') return 'audio/wav';
  if (beginning === 'OggS') return 'audio/ogg';
  if (beginning === 'fLaC') return 'audio/flac';
  return beginning.startsWith('ID3') ? 'audio/mpeg' : undefined;
}

/** The 44 bytes that make a WAV file of raw PCM. */
function waveHeader(length: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(samplesPerSecond, 24);
  header.writeUInt32LE(samplesPerSecond * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(length, 40);
  return header;
}
