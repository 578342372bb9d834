/**
 * The address of a link in the form in which it is opened: characters that are not allowed are percent-encoded, and the
 * host name is in its ASCII form.
 */
export function normalizeLink(url: string): string {
  const encoded = url.replaceAll(/[^\w\-.!~*'();/?:@&=+$,#%[\]]|%(?![0-9a-f]{2})/giu, (character) =>
    encodeURIComponent(/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character),
  );
  const [host = ''] = /^https?:\/\/[^/?#]*/i.exec(url) ?? [];
  const isAscii = /^[!-~]*$/.test(host);
  return isAscii || !URL.canParse(host)
    ? encoded
    : new URL(host).href.replace(/\/$/, '') + normalizeLink(url.slice(host.length));
}

/**
 * An address in the form in which it is displayed: encoded letters are decoded; spaces and invisible characters stay
 * encoded.
 */
export function normalizeLinkText(url: string): string {
  return url.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      const decoded = decodeURI(encoded);
      return /[\s\p{C}]/u.test(decoded) ? encoded : decoded;
    } catch {
      // The bytes are not valid UTF-8.
      return encoded;
    }
  });
}
