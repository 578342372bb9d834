/** What a `data:` URL holds. */
export interface DataUrlContent {
  /** In lower case, without parameters; `text/plain` when the URL names none. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Decodes a `data:` URL (RFC 2397); undefined when it is not one or its text is badly escaped. */
export function decodeDataUrl(url: string): DataUrlContent | undefined {
  const comma = url.indexOf(',');
  if (!/^data:/i.test(url) || comma < 0) return undefined;
  const [mimeType = '', ...parameters] = url.slice('data:'.length, comma).split(';');
  const isBase64 = parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64');
  try {
    const text = decodeURIComponent(url.slice(comma + 1));
    const bytes = Buffer.from(text, isBase64 ? 'base64' : 'utf8');
    return { mimeType: mimeType.trim().toLowerCase() || 'text/plain', bytes };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'image/avif': 'avif',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
};

/** A file name for what a model calls `name`: no path in it, at most 60 characters, with the type's ending. */
export function mediaFileName(name: string, mimeType: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_')
    .replace(/^[. _]+/, '')
    .slice(0, 60)
    .trim();
  const base = plain === '' ? 'parley' : plain;
  const ending = endings[mimeType];
  if (ending === undefined || base.toLowerCase().endsWith(`.${ending}`)) return base;
  return `${base}.${ending}`;
}
