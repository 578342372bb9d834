import { waveHeader } from '../../reply/fields/waveHeader';

/** The formats of sound that Parley recognises by their first bytes. */
export type SoundFormat = 'mp3' | 'wav' | 'ogg' | 'flac' | 'aac' | 'mp4' | 'webm';

/** A whole sound. */
export interface Sound {
  readonly format: SoundFormat;
  readonly bytes: Uint8Array;
}

/** The first bytes of each format, in Latin-1, from the beginning or from byte 4. */
const signatures: readonly (readonly [RegExp, SoundFormat])[] = [
  [/^ID3/, 'mp3'],
  [/^RIFF[^]{4}WAVE/, 'wav'],
  [/^OggS/, 'ogg'],
  [/^fLaC/, 'flac'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'aac'],
  [/^\xff[\xe2-\xff]/, 'mp3'],
  [/^[^]{4}ftyp/, 'mp4'],
  [/^.E\xdf\xa3/, 'webm'],
];

/**
 * Recognises a sound by its first bytes, because some gateways send a wrong Content-Type. Samples without a header
 * (`audio/pcm`, `audio/L16`) get the header of a WAV file.
 *
 * @param contentType The Content-Type of the reply; only read where the bytes tell nothing.
 * @returns undefined if the bytes are not a sound.
 */
export function readSound(bytes: Uint8Array, contentType: string): Sound | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  const format = signatures.find(([signature]) => signature.test(start))?.[1];
  if (format === 'wav') return { format, bytes: withTrueSizes(bytes) };
  if (format !== undefined) return { format, bytes };
  if (bytes.length < 2 || !/^\s*audio\/(?:pcm|l16|x-pcm)\b/i.test(contentType)) return undefined;
  const rate = /rate=(\d{4,6})\b/i.exec(contentType)?.[1];
  const header = waveHeader(bytes.length, rate === undefined ? undefined : Number(rate));
  return { format: 'wav', bytes: Buffer.concat([header, bytes]) };
}

/**
 * A WAV file with the sizes that it really has. A gateway that streams the file does not know them yet and writes 0 or -1, and
 * players then show no duration or play nothing.
 */
function withTrueSizes(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes);
  const data = file.subarray(0, 4_096).indexOf('data', 12, 'latin1');
  if (data < 0 || data + 8 > file.length) return bytes;
  const size = file.length - data - 8;
  const said = file.readUInt32LE(data + 4);
  if (said > 0 && said <= size) return bytes;
  file.writeUInt32LE(file.length - 8, 4);
  file.writeUInt32LE(size, data + 4);
  return file;
}
