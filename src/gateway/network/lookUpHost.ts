import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';

/** The callback of the option `lookup` of `net.connect` and `tls.connect`. */
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
 * Looks up the addresses of a host; an option `lookup` for `net.connect`. `localhost` is always this computer, without a name
 * server (RFC 6761, section 6.3), because keys are sent there in clear text.
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
