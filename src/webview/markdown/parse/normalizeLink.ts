/**
 * The address of a link as it is opened: what no address may contain is percent-encoded, and the name of a host gets the form
 * that the network knows.
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

/** An address as it is shown: encoded letters are read, while spaces and invisible characters stay encoded. */
export function normalizeLinkText(url: string): string {
  return url.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      const decoded = decodeURI(encoded);
      return /[\s\p{C}]/u.test(decoded) ? encoded : decoded;
    } catch {
      // Not the bytes of a text.
      return encoded;
    }
  });
}
