import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';

/** How `net.connect` and `tls.connect` hear of a host's addresses. */
type Callback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Looks up a host's addresses. `localhost` is this computer whatever a name server says (RFC 6761, section 6.3): keys go
 * there in clear text.
 */
export function lookUpHost(hostname: string, options: LookupOptions, callback: Callback): void {
  if (hostname.toLowerCase() !== 'localhost') {
    lookup(hostname, options, callback);
    return;
  }
  const { all = false, family = 0 } = options;
  const isWanted = (address: LookupAddress): boolean =>
    family === 0 || `${family}`.endsWith(String(address.family));
  const found = loopback.filter(isWanted);
  const [first = loopback[0]] = found;
  process.nextTick(() => {
    if (all) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  });
}
