/** The sound files that gateways transcribe. They tell the format by the extension. */
const mimeTypes: Readonly<Record<string, string>> = {
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
  mp4: 'audio/mp4',
  mpeg: 'audio/mpeg',
  mpga: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  webm: 'audio/webm',
};

/** The MIME type of a sound file; undefined for any other file. */
export function soundMimeType(path: string): string | undefined {
  const extension = /\.([a-z\d]{2,4})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(mimeTypes, extension) ? mimeTypes[extension] : undefined;
}
