import type { Media } from '../../../shared/answer/media';

/** A piece of a sound, from `audio: {data, format}`. */
export interface SoundDelta {
  /** Base64. */
  readonly data: string;
  readonly format: string | undefined;
}

/** What a streamed sound is when nobody says: 16-bit mono PCM at this many samples a second. */
const samplesPerSecond = 24_000;
const bytesPerSample = 2;

/** What comes after so many bytes is left out: a conversation's file could not be read again with more in one place. */
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

/** The MIME type of a sound's `format`; undefined for raw samples and what is unknown. */
export function soundMimeType(format: string | undefined): string | undefined {
  return format === undefined ? undefined : mimeTypes[format.toLowerCase()];
}

/** Puts the sound of one choice together: streams bring it in many pieces of base64. */
export class SoundAssembler {
  private pieces: Buffer[] = [];
  private length = 0;
  private format: string | undefined;

  get isEmpty(): boolean {
    return this.pieces.length === 0;
  }

  add({ data, format }: SoundDelta): void {
    this.format ??= format;
    // A whole sound may come as a data URL. Each piece is base64 of its own, padding included.
    const bytes = Buffer.from(data.replace(/^data:[^,]*,/, ''), 'base64');
    this.length += bytes.length;
    if (bytes.length > 0 && this.length <= mostBytes) this.pieces.push(bytes);
  }

  /** The sound so far, playable; undefined when there is none. */
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
