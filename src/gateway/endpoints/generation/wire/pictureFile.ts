import { mediaTypeOf } from '../media/mediaTypeOf';
import type { FormFile } from './encodeForm';

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
};

/**
 * The picture of a `data:` URL as a file with the ending of its type, because gateways judge by it. Undefined if it is not a picture
 * in base64.
 */
export function pictureFile(url: string, name: string): FormFile | undefined {
  const head = /^data:([^;,]{0,100})(?:;[^;,]{0,100}){0,5};base64,/i.exec(url.slice(0, 1_000));
  if (head === null) return undefined;
  const bytes = Buffer.from(url.slice(head[0].length), 'base64');
  const mimeType = mediaTypeOf(bytes) ?? (head[1] ?? '').toLowerCase();
  const ending = endings[mimeType];
  if (ending === undefined || bytes.length === 0) return undefined;
  // Only ASCII, because some gateways cannot read the encoding of other names.
  const stem = name
    .replace(/\.[^.]{1,5}$/, '')
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return { name: `${stem.slice(0, 100) || 'picture'}.${ending}`, mimeType, bytes };
}
