import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import type { FailureKind } from '../../shared/failure/failure';
import { mannersOf, messagesOf } from '../unsupportedParameters/adaptMessages';
import type { AttemptResult } from './attempt';
import type { WireRequest } from '../network/exchange';
import { unreadablePictures } from '../unsupportedParameters/manners';
import { refusedParameter } from '../unsupportedParameters/refusedParameter';
import { refusedTool } from '../unsupportedParameters/refusedTool';
import { adaptRequest, partsOf, type RequestBody } from '../unsupportedParameters/adaptRequest';

/** How many fields of one request may be refused before it counts as refused altogether. */
const mostFields = 3;
/** The same with the manners of writing its messages, of which there are few. */
const mostParts = 9;

/** What these failures say is clear, whatever words come with them: leaving out a part helps against none. */
const clear: ReadonlySet<FailureKind> = new Set([
  'unauthorized',
  'payment-required',
  'rate-limited',
  'request-too-large',
  'prompt-refused',
  'region-not-served',
  'blocked-by-firewall',
  'no-such-endpoint',
  'model-loading',
  'not-an-api',
  'redirect-refused',
  'proxy-authentication-required',
]);
/** Statuses that speak of the method, the moment or the type of the body. */
const clearStatuses: ReadonlySet<number> = new Set([401, 402, 405, 406, 408, 409, 411, 413, 415, 429]);

/** Where a request goes, and what may have to go along. */
export interface AdaptationPlace {
  readonly gatewayId: string;
  readonly modelId: string;
  /** What each message thought, by its place; for gateways that want it back. */
  readonly reasoning?: readonly string[];
}

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
    private readonly memory: UnsupportedParameterMemory,
    private readonly place: AdaptationPlace,
  ) {
    this.request = request;
    const known = this.known();
    if (known.size > 0) this.leaveOut(known);
  }

  /** Looks at how an attempt ended. Returns the part that `request` is now without, if it is worth sending again. */
  learn(result: AttemptResult): string | undefined {
    this.noteWindow(result);
    const part = this.refusedBy(result);
    if (part !== undefined || result.ending.outcome !== 'failed') this.confirm();
    if (part === undefined) return undefined;
    this.refused.push(part);
    this.untried = part;
    this.leaveOut(new Set([...this.known(), ...this.refused]));
    return part;
  }

  /**
   * True when the words refuse the request itself though nothing of it can be left out, such as the picture that is asked
   * about: sending it again would be in vain, whatever the status says.
   */
  refusesAll(result: AttemptResult): boolean {
    if (!mayRefuse(result)) return false;
    const whole = this.whole();
    if (whole === undefined) return false;
    // As if the question were an old one, so that its pictures count.
    const messages = [...messagesOf(whole), { role: 'user', content: '' }];
    return refusedParameter(result.errorText, new Set(mannersOf(messages))) !== undefined;
  }

  private refusedBy(result: AttemptResult): string | undefined {
    if (!mayRefuse(result) || this.refused.length >= mostParts) return undefined;
    const sent = parseBody(this.request.body);
    const whole = this.whole();
    if (sent === undefined || whole === undefined) return undefined;
    const known = this.known();
    const open = mannersOf(messagesOf(whole)).filter(
      (manner) => !known.has(manner) && !this.refused.includes(manner),
    );
    const part =
      refusedTool(result.errorText, sent) ??
      refusedParameter(result.errorText, new Set([...partsOf(sent), ...open]));
    if (part === undefined || this.refused.includes(part)) return undefined;
    return isField(part) && this.refused.filter(isField).length >= mostFields ? undefined : part;
  }

  /** A gateway that refuses a prompt as too long often says how long it may be. */
  private noteWindow({ ending }: AttemptResult): void {
    if (ending.outcome !== 'failed' || ending.failure.kind !== 'request-too-large') return;
    const { limit } = ending.failure;
    if (limit !== undefined)
      this.memory.rememberContextWindow(this.place.gatewayId, this.place.modelId, limit);
  }

  private known(): ReadonlySet<string> {
    return this.memory.refused(this.place.gatewayId, this.place.modelId);
  }

  private confirm(): void {
    const { untried } = this;
    this.untried = undefined;
    // A picture that cannot be read says nothing about the model.
    if (untried === undefined || untried === unreadablePictures) return;
    this.memory.remember(this.place.gatewayId, this.place.modelId, untried);
  }

  private whole(): RequestBody | undefined {
    this.body ??= parseBody(this.request.body);
    return this.body;
  }

  private leaveOut(parts: ReadonlySet<string>): void {
    const body = this.whole();
    if (body === undefined) return;
    const adapted = adaptRequest(body, parts, this.place.reasoning);
    this.request = { ...this.request, body: JSON.stringify(adapted) };
  }
}

/**
 * True when an attempt brought nothing but words, and these may mean this very request. The status decides little: gateways
 * refuse a part with 400, 422, 404 and 500, and inside a reply that went well.
 */
function mayRefuse({ ending, isBlank, errorText }: AttemptResult): boolean {
  if (ending.outcome !== 'failed' || !isBlank || errorText === '') return false;
  const { kind, status = 0 } = ending.failure;
  return !clear.has(kind) && !clearStatuses.has(status) && !/^\s*</.test(errorText);
}

function isField(part: string): boolean {
  return !part.includes(' ');
}

function parseBody(body: string | undefined): RequestBody | undefined {
  return body === undefined ? undefined : (JSON.parse(body) as RequestBody);
}
