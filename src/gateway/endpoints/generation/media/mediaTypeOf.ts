/** The beginnings of common formats: bytes from an offset, with the type that they show. */
const beginnings: readonly (readonly [offset: number, beginning: string, mimeType: string])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [8, 'WEBP', 'image/webp'],
  [8, 'WAVE', 'audio/wav'],
  [4, 'ftypavif', 'image/avif'],
  [4, 'ftypheic', 'image/heic'],
  [4, 'ftypM4A', 'audio/mp4'],
  [4, 'ftypqt', 'video/quicktime'],
  [4, 'ftyp', 'video/mp4'],
  [0, '\x1aE\xdf\xa3', 'video/webm'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '\xff\xfb', 'audio/mpeg'],
  [0, '\xff\xf3', 'audio/mpeg'],
  [0, '\xff\xf2', 'audio/mpeg'],
  [0, 'OggS', 'audio/ogg'],
  [0, 'fLaC', 'audio/flac'],
  [0, 'BM', 'image/bmp'],
];

/** How many bytes at the beginning decide the type. */
export const tellingBytes = 16;

/** The type of a picture, a sound or a video, from its first bytes. Undefined for anything else. Labels of gateways are often wrong. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, tellingBytes)).toString('latin1');
  const isRiff = start.startsWith('RIFF');
  return beginnings.find(
    ([offset, beginning, mimeType]) =>
      start.startsWith(beginning, offset) &&
      ((mimeType !== 'image/webp' && mimeType !== 'audio/wav') || isRiff),
  )?.[2];
}
