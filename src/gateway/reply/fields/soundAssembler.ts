import type { Media } from '../../../shared/answer/media';
import { waveHeader } from './waveHeader';

/** A delta of a sound, from `audio: {data, format}`. */
export interface SoundDelta {
  /** Base64. */
  readonly data: string;
  readonly format: string | undefined;
}

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
