import type { ImageAttachment } from '../../shared/conversation/attachment';

/** The largest picture that gateways accept, in bytes. */
export const largestPicture = 20 * 1024 * 1024;

/** The first bytes of each image format that gateways accept; `?` matches any byte. */
const signatures: readonly (readonly [mimeType: string, beginning: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF8'],
  ['image/webp', 'RIFF????WEBP'],
];

/**
 * Makes an attachment that holds a whole picture as a `data:` URL.
 *
 * The format comes from the bytes and not from the file name: gateways refuse a JPEG that is declared as PNG.
 *
 * @returns undefined unless the bytes are a PNG, JPEG, GIF or WebP picture.
 */
export function pictureFromBytes(name: string, bytes: Uint8Array): ImageAttachment | undefined {
  const mimeType = signatures.find(([, beginning]) => beginsWith(bytes, beginning))?.[0];
  if (mimeType === undefined) return undefined;
  const url = `data:${mimeType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
  return { kind: 'image', id: crypto.randomUUID(), name, url };
}

/**
 * Makes an attachment of a picture that the gateway downloads itself. Returns undefined unless the text is an http or https URL.
 */
export function pictureFromUrl(text: string): ImageAttachment | undefined {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  const last = url.pathname.split('/').findLast((part) => part !== '');
  return { kind: 'image', id: crypto.randomUUID(), name: last ?? url.host, url: url.href };
}

function beginsWith(bytes: Uint8Array, beginning: string): boolean {
  return (
    bytes.length >= beginning.length &&
    Array.from(beginning).every(
      (character, index) => character === '?' || bytes[index] === character.charCodeAt(0),
    )
  );
}
