import type { ImageAttachment } from '../../shared/conversation/attachment';

/** What gateways take at most, in bytes. */
export const largestPicture = 20 * 1024 * 1024;

/** The first bytes of each kind of picture that gateways take; `?` stands for any byte. */
const signatures: readonly (readonly [mimeType: string, beginning: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF8'],
  ['image/webp', 'RIFF????WEBP'],
];

/**
 * A picture as an attachment that holds all of it; undefined when it is of no kind that gateways
 * take. Its bytes tell the kind: gateways refuse a JPEG that is called PNG.
 */
export function pictureFromBytes(name: string, bytes: Uint8Array): ImageAttachment | undefined {
  const mimeType = signatures.find(([, beginning]) => beginsWith(bytes, beginning))?.[0];
  if (mimeType === undefined) return undefined;
  const url = `data:${mimeType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
  return { kind: 'image', id: crypto.randomUUID(), name, url };
}

/** A picture that the gateway fetches itself; undefined when the text is no http or https address. */
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
