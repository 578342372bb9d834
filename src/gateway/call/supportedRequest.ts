import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import type { FailureKind } from '../../shared/failure/failure';
import { messageFormsOf, messagesOf } from '../unsupportedParameters/rewriteMessages';
import type { AttemptResult } from './attempt';
import type { WireRequest } from '../network/exchange';
import { unreadablePictures } from '../unsupportedParameters/messageForm';
import { findUnsupportedParameter } from '../unsupportedParameters/findUnsupportedParameter';
import { findUnsupportedTool } from '../unsupportedParameters/findUnsupportedTool';
import {
  removeUnsupportedParameters,
  parametersOf,
  type RequestBody,
} from '../unsupportedParameters/removeUnsupportedParameters';

/** How many fields of one request may be removed before the request counts as failed. */
const mostFields = 3;
/** How many unsupported parameters of one request may be removed, fields and message forms together. */
const mostParameters = 9;

/** Failures that removing a parameter cannot help, whatever the gateway's message says. */
const unrelatedKinds: ReadonlySet<FailureKind> = new Set([
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
/** Statuses about the key, payment, method, time or type of a request, not about its parameters. */
const unrelatedStatuses: ReadonlySet<number> = new Set([401, 402, 405, 406, 408, 409, 411, 413, 415, 429]);

/** The destination of a request, and data that only some gateways need. */
interface SupportedRequestOptions {
  readonly gatewayId: string;
  readonly modelId: string;
  /** The reasoning of each message, at the same index; '' for none. Some gateways require it. */
  readonly reasoning?: readonly string[];
}

/**
 * One request without the parameters that its gateway does not support. It starts without those that are known, and
 * removes another one after each error that names one. A parameter is remembered only when the attempt without it did
 * better: it succeeded, or failed for another parameter.
 */
export class SupportedRequest {
  /** The request to send. */
  request: WireRequest;
  /** The original body, parsed when it is first needed. */
  private body: RequestBody | undefined;
  /** The unsupported parameters that this request's errors named. */
  private readonly removed: string[] = [];
  /** The newest of `removed`, until an attempt without it has ended. */
  private unconfirmed: string | undefined;

  constructor(
    request: WireRequest,
    private readonly memory: UnsupportedParameterMemory,
    private readonly options: SupportedRequestOptions,
  ) {
    this.request = request;
    const known = this.known();
    if (known.size > 0) this.remove(known);
  }

  /**
   * Reads how an attempt ended. If its error names an unsupported parameter, removes it from `request` and returns it:
   * the request is worth sending again. Returns undefined otherwise.
   */
  learnFrom(result: AttemptResult): string | undefined {
    this.rememberContextWindow(result);
    const parameter = this.parameterNamedBy(result);
    if (parameter !== undefined || result.ending.outcome !== 'failed') this.confirm();
    if (parameter === undefined) return undefined;
    this.removed.push(parameter);
    this.unconfirmed = parameter;
    this.remove(new Set([...this.known(), ...this.removed]));
    return parameter;
  }

  /**
   * True if the error rejects something that cannot be removed, such as a picture of the last question. Sending the
   * request again would not help, whatever the status is.
   */
  isRejectedBy(result: AttemptResult): boolean {
    if (!mayNameParameter(result)) return false;
    const original = this.originalBody();
    if (original === undefined) return false;
    // Another user message makes the last question an earlier message, whose pictures count as removable.
    const messages = [...messagesOf(original), { role: 'user', content: '' }];
    return findUnsupportedParameter(result.errorText, new Set(messageFormsOf(messages))) !== undefined;
  }

  private parameterNamedBy(result: AttemptResult): string | undefined {
    if (!mayNameParameter(result) || this.removed.length >= mostParameters) return undefined;
    const sent = parseBody(this.request.body);
    const original = this.originalBody();
    if (sent === undefined || original === undefined) return undefined;
    const known = this.known();
    const remainingForms = messageFormsOf(messagesOf(original)).filter(
      (form) => !known.has(form) && !this.removed.includes(form),
    );
    const parameter =
      findUnsupportedTool(result.errorText, sent) ??
      findUnsupportedParameter(result.errorText, new Set([...parametersOf(sent), ...remainingForms]));
    if (parameter === undefined || this.removed.includes(parameter)) return undefined;
    return isField(parameter) && this.removed.filter(isField).length >= mostFields ? undefined : parameter;
  }

  /** Stores the size of the context window if the gateway names it when a prompt is too long. */
  private rememberContextWindow({ ending }: AttemptResult): void {
    if (ending.outcome !== 'failed' || ending.failure.kind !== 'request-too-large') return;
    const { limit } = ending.failure;
    if (limit !== undefined)
      this.memory.rememberContextWindow(this.options.gatewayId, this.options.modelId, limit);
  }

  private known(): ReadonlySet<string> {
    return this.memory.unsupported(this.options.gatewayId, this.options.modelId);
  }

  private confirm(): void {
    const { unconfirmed } = this;
    this.unconfirmed = undefined;
    // An unreadable picture is a property of the picture, not of the model.
    if (unconfirmed === undefined || unconfirmed === unreadablePictures) return;
    this.memory.remember(this.options.gatewayId, this.options.modelId, unconfirmed);
  }

  private originalBody(): RequestBody | undefined {
    this.body ??= parseBody(this.request.body);
    return this.body;
  }

  private remove(unsupported: ReadonlySet<string>): void {
    const body = this.originalBody();
    if (body === undefined) return;
    const supported = removeUnsupportedParameters(body, unsupported, this.options.reasoning);
    this.request = { ...this.request, body: JSON.stringify(supported) };
  }
}

/**
 * True if an attempt brought nothing but an error, and the error may name a parameter. The status says little: gateways
 * reject a parameter with 400, 404, 422 or 500, or with an error inside a reply with status 200.
 */
function mayNameParameter({ ending, isBlank, errorText }: AttemptResult): boolean {
  if (ending.outcome !== 'failed' || !isBlank || errorText === '') return false;
  const { kind, status = 0 } = ending.failure;
  return !unrelatedKinds.has(kind) && !unrelatedStatuses.has(status) && !/^\s*</.test(errorText);
}

function isField(parameter: string): boolean {
  return !parameter.includes(' ');
}

function parseBody(body: string | undefined): RequestBody | undefined {
  return body === undefined ? undefined : (JSON.parse(body) as RequestBody);
}
