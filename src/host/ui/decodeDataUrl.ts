/** The content of a `data:` URL. */
interface DataUrlContent {
  /** In lower case, without parameters. `text/plain` if the URL names none. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Decodes a `data:` URL (RFC 2397). Returns undefined for any other text, and if the percent-encoding is malformed. */
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

/** File name extensions by MIME type. */
const extensions: Readonly<Record<string, string>> = {
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

/**
 * Makes a safe file name from a model's name for a medium: no path, at most 60 characters, and the extension of its MIME type.
 */
export function mediaFileName(name: string, mimeType: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_')
    .replace(/^[. _]+/, '')
    .slice(0, 60)
    .trim();
  const base = plain === '' ? 'parley' : plain;
  const extension = extensions[mimeType];
  if (extension === undefined || base.toLowerCase().endsWith(`.${extension}`)) return base;
  return `${base}.${extension}`;
}
