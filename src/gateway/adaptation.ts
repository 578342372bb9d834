import type { QuirkMemory } from '../core/ports';
import type { AttemptResult } from './attempt';
import type { WireRequest } from './exchange';
import { refusedPart } from './refusedPart';
import { adaptRequest, partsOf, type RequestBody } from './requestParts';

/** How many parts of one request may be refused before it counts as refused altogether. */
const mostParts = 3;

/** One request, and what its gateway does not want of it. */
export class Adaptation {
  /** What is to be sent. */
  request: WireRequest;
  /** The body as it was meant, read when it is needed. */
  private body: RequestBody | undefined;
  /** What this request was refused for. */
  private readonly refused: string[] = [];
  /** Of these, what is not yet remembered: whether leaving it out helps is still to be seen. */
  private untried: string | undefined;

  constructor(
    request: WireRequest,
    private readonly memory: QuirkMemory,
    private readonly place: { readonly gatewayId: string; readonly modelId: string },
  ) {
    this.request = request;
    const known = memory.refused(place.gatewayId, place.modelId);
    if (known.size > 0) this.leaveOut(known);
  }

  /** Looks at how an attempt ended. Returns the part that `request` is now without, if it is worth sending again. */
  learn(result: AttemptResult): string | undefined {
    const part = this.refusedBy(result);
    if (part !== undefined || result.ending.outcome !== 'failed') this.confirm();
    if (part === undefined) return undefined;
    this.refused.push(part);
    this.untried = part;
    this.leaveOut(
      new Set([...this.memory.refused(this.place.gatewayId, this.place.modelId), ...this.refused]),
    );
    return part;
  }

  private refusedBy(result: AttemptResult): string | undefined {
    if (!isRefusal(result) || this.refused.length >= mostParts) return undefined;
    const sent = parseBody(this.request.body);
    if (sent === undefined) return undefined;
    const part = refusedPart(result.errorText, partsOf(sent));
    return part === undefined || this.refused.includes(part) ? undefined : part;
  }

  private confirm(): void {
    if (this.untried === undefined) return;
    this.memory.remember(this.place.gatewayId, this.place.modelId, this.untried);
    this.untried = undefined;
  }

  private leaveOut(parts: ReadonlySet<string>): void {
    this.body ??= parseBody(this.request.body);
    if (this.body === undefined) return;
    this.request = { ...this.request, body: JSON.stringify(adaptRequest(this.body, parts)) };
  }
}

/**
 * True when the gateway did not want this very request: HTTP 400 or 422, an error in a reply that went
 * well, or OpenRouter's 404 for a model that none of its providers serves with these parts.
 */
function isRefusal({ ending, isBlank, errorText }: AttemptResult): boolean {
  if (ending.outcome !== 'failed' || !isBlank) return false;
  const { kind, status = 0 } = ending.failure;
  if (kind === 'bad-request') return true;
  if (kind === 'not-found') return /no endpoints? found that support/i.test(errorText);
  return kind === 'gateway-error' && status < 300;
}

function parseBody(body: string | undefined): RequestBody | undefined {
  return body === undefined ? undefined : (JSON.parse(body) as RequestBody);
}
