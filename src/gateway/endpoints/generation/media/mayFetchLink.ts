/** Names and addresses that only this computer or a private network reaches. */
const privateHost =
  /^(?:\[|localhost$|[^.]+$|.*\.(?:local|lan|internal|localhost|home\.arpa)$|(?:0|10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.)/;

/**
 * True if a link in a gateway's reply may be fetched at once: it leads to the gateway's host or to a public host. Without this, a
 * gateway could make Parley call servers inside the user's network.
 */
export function mayFetchLink(link: URL, gateway: URL): boolean {
  if (link.protocol !== 'https:' && link.protocol !== 'http:') return false;
  return link.hostname === gateway.hostname || !privateHost.test(link.hostname);
}
