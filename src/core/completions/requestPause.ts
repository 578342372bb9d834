import type { Failure, FailureKind } from '../../shared/failure/failure';

/** The first pause after a failure, and the longest one, in milliseconds. */
const firstPause = 2_000;
const longestPause = 5 * 60_000;

/** Failures that only the user can end. Requests wait until something has changed. */
const needsUser: ReadonlySet<FailureKind> = new Set([
  'missing-key',
  'invalid-key',
  'invalid-url',
  'insecure-address',
  'unknown-gateway',
  'invalid-header',
  'certificate-rejected',
  'wrong-scheme',
  'proxy-authentication-required',
  'redirect-refused',
  'unauthorized',
  'payment-required',
  'forbidden',
  'region-not-served',
  'blocked-by-firewall',
]);

/** Stops requests after failures: until the user has acted, or for a time that doubles with each further failure. */
export class RequestPause {
  private failures = 0;
  private until = 0;
  private failed: Failure | undefined;
  private isLasting = false;

  /** @param now The time in milliseconds. */
  constructor(private readonly now: () => number) {}

  /** The last failure, until a request succeeds. */
  get failure(): Failure | undefined {
    return this.failed;
  }

  /** True if requests wait for the user. */
  get needsUser(): boolean {
    return this.isLasting;
  }

  /** True if no request may be sent now. */
  get isActive(): boolean {
    return this.isLasting || this.now() < this.until;
  }

  /** Begins or lengthens a pause. */
  begin(failure: Failure): void {
    this.failed = failure;
    this.failures += 1;
    this.isLasting = needsUser.has(failure.kind);
    const doubled = firstPause * 2 ** Math.min(this.failures - 1, 10);
    const wanted = (failure.seconds ?? 0) * 1_000;
    const asked = failure.kind === 'rate-limited' ? wanted : 0;
    this.until = this.now() + Math.min(longestPause, Math.max(doubled, asked));
  }

  /** Ends the pause: a request has succeeded, or the user has changed something. */
  end(): void {
    this.failures = 0;
    this.until = 0;
    this.failed = undefined;
    this.isLasting = false;
  }
}
