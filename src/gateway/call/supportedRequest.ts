import { endpointEntry, type ChatEndpoint } from '../../core/models/chatEndpoint';
import { effortFields } from '../../core/models/effortForms';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { FailureKind } from '../../shared/failure/failure';
import type { EndpointFormat } from '../endpoints/endpointFormat';
import { atEndpoint } from '../endpoints/atEndpoint';
import {
  effortField,
  effortLevel,
  findRefusedEffortField,
  findRefusedLevel,
  writeEffort,
} from '../unsupportedParameters/writeEffort';
import { messageFormsOf, messagesOf } from '../unsupportedParameters/rewriteMessages';
import type { AttemptResult } from './attempt';
import type { WireRequest } from '../network/exchange';
import type { ReplyFormat } from '../reply/replyFormat';
import { unreadablePictures } from '../unsupportedParameters/messageForm';
import { findUnsupportedParameter } from '../unsupportedParameters/findUnsupportedParameter';
import { findUnsupportedTool } from '../unsupportedParameters/findUnsupportedTool';
import { findWantedEndpoint } from '../unsupportedParameters/findWantedEndpoint';
import {
  removeUnsupportedParameters,
  parametersOf,
  type RequestBody,
} from '../unsupportedParameters/removeUnsupportedParameters';

/** How many fields of one request may be removed before the request counts as failed. */
const mostFields = 3;
/** How many unsupported parameters of one request may be removed, fields and message forms together. */
const mostParameters = 9;

/** The fields of forms for the thinking effort. There are few of them for each model, so they are not counted. */
const uncountedFields: ReadonlySet<string> = new Set(effortFields);

/** Failures about the key, the account or the connection. Their words do not tell which endpoint a model needs. */
const elsewhere: ReadonlySet<FailureKind> = new Set([
  'unauthorized',
  'payment-required',
  'rate-limited',
  'request-too-large',
  'prompt-refused',
  'region-not-served',
  'blocked-by-firewall',
  'model-loading',
  'not-an-api',
  'redirect-refused',
  'proxy-authentication-required',
]);

/** Failures that removing a parameter cannot help, whatever the gateway's message says. */
const unrelatedKinds: ReadonlySet<FailureKind> = new Set([...elsewhere, 'no-such-endpoint']);

/** Statuses about the key, payment, method, time or type of a request, not about its parameters. */
const unrelatedStatuses: ReadonlySet<number> = new Set([401, 402, 405, 406, 408, 409, 411, 413, 415, 429]);

/** The destination of a request, and data that only some gateways need. */
export interface SupportedRequestOptions {
  readonly gatewayId: string;
  readonly modelId: string;
  /** The reasoning of each message, at the same index; '' for none. Some gateways require it. */
  readonly reasoning?: readonly string[];
  /** The reasoning of answers that call a tool, by the id of their first call. */
  readonly keptReasoning?: ReadonlyMap<string, KeptReasoning>;
  /** Most tokens of an answer; absent if unknown. */
  readonly maxOutput?: number;
  /** The format of the endpoint; absent for Chat Completions. */
  readonly format?: EndpointFormat;
  /** True if the request is for one endpoint only, whatever an error says. */
  readonly isEndpointFixed?: boolean;
  /** Fields that are never left out, in addition to those that every request needs. */
  readonly essential?: ReadonlySet<string>;
  /** Makes the reader of a reply, for requests that no `format` writes. */
  readonly newReader?: () => ReplyFormat;
}

/** The fields that ask for thinking; `translated` at an endpoint that has one form only; `left out` if the model refused every form. */
type SentEffort = Readonly<Record<string, unknown>> | 'translated' | 'left out';

/**
 * One request without the parameters that its gateway does not support. It starts without those that are known, and
 * removes another one after each error that names one. A parameter is remembered only when the attempt without it did
 * better: it succeeded, or failed for another parameter.
 */
export class SupportedRequest {
  /** The request to send. */
  request: WireRequest;
  /** The request in the format of Chat Completions, complete. */
  private readonly original: WireRequest;
  /** The original body, parsed when it is first needed. */
  private body: RequestBody | undefined;
  private currentFormat: EndpointFormat | undefined;
  /** True after an error has led to another endpoint. A second one would lead back. */
  private hasMoved = false;
  /** The unsupported parameters that this request's errors named. */
  private readonly removed: string[] = [];
  /** The newest of `removed`, until an attempt without it has ended. */
  private unconfirmed: string | undefined;
  /** The fields of `request` that ask for thinking. */
  private sentEffort: Readonly<Record<string, unknown>> | undefined;

  constructor(
    request: WireRequest,
    private readonly memory: UnsupportedParameterMemory,
    private readonly options: SupportedRequestOptions,
  ) {
    this.request = request;
    this.original = request;
    this.currentFormat = options.format;
    const known = this.known();
    const asksForThinking = request.body?.includes(`"${effortField}"`) === true;
    if (known.size > 0 || options.format !== undefined || asksForThinking) this.remove(known);
  }

  /** Makes the reader of a reply; undefined for the formats that are read without one. */
  newReader(): ReplyFormat | undefined {
    return this.options.newReader?.() ?? this.currentFormat?.newReader();
  }

  /** The format of the endpoint to which `request` goes; undefined for Chat Completions. */
  get format(): EndpointFormat | undefined {
    return this.currentFormat;
  }

  /** What of a user's thinking effort is in `request`. Undefined if the user chose none. */
  get effort(): SentEffort | undefined {
    const body = this.originalBodyIfEffort();
    if (body === undefined) return undefined;
    if (this.currentFormat === undefined) return this.sentEffort ?? 'left out';
    return this.known().has(effortField) || this.removed.includes(effortField) ? 'left out' : 'translated';
  }

  /** The endpoint that an attempt's error tells to use instead. Undefined if it names none, or if only one may be asked. */
  endpointNamedBy(result: AttemptResult): ChatEndpoint | undefined {
    const { ending, isBlank, errorText } = result;
    if (this.hasMoved || this.options.isEndpointFixed === true) return undefined;
    if (ending.outcome !== 'failed' || !isBlank || elsewhere.has(ending.failure.kind)) return undefined;
    return findWantedEndpoint(errorText, this.currentFormat?.endpoint ?? 'chat');
  }

  /** Writes the request for another endpoint. The endpoint is remembered when the attempt there did better. */
  moveTo(endpoint: ChatEndpoint, format: EndpointFormat | undefined): void {
    this.hasMoved = true;
    this.currentFormat = format;
    this.confirm();
    this.unconfirmed = endpointEntry(endpoint);
    this.remove(new Set([...this.known(), ...this.removed]));
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
    const { currentFormat: format } = this;
    if (sent === undefined || original === undefined) return undefined;
    const known = this.known();
    const remainingForms = messageFormsOf(messagesOf(original)).filter(
      (form) => !known.has(form) && !this.removed.includes(form),
    );
    const chat =
      format === undefined
        ? sent
        : removeUnsupportedParameters(original, new Set([...known, ...this.removed]));
    const parameter =
      (format === undefined ? this.effortNamedBy(result.errorText, sent) : undefined) ??
      format?.findRefusal(result.errorText, sent) ??
      findUnsupportedTool(result.errorText, chat) ??
      this.chatName(
        findUnsupportedParameter(result.errorText, new Set([...this.removable(sent), ...remainingForms])),
        chat,
      );
    if (parameter === undefined || this.removed.includes(parameter) || known.has(parameter)) return undefined;
    return isCounted(parameter) && this.removed.filter(isCounted).length >= mostFields
      ? undefined
      : parameter;
  }

  private removable(sent: RequestBody): readonly string[] {
    const { essential } = this.options;
    return [...parametersOf(sent)].filter((parameter) => essential?.has(parameter) !== true);
  }

  /** The form for thinking, or the level of it, that an error refuses. */
  private effortNamedBy(words: string, sent: RequestBody): string | undefined {
    const original = this.originalBodyIfEffort();
    if (original === undefined || this.sentEffort === undefined) return undefined;
    return findRefusedLevel(words, sent, effortLevel(original)) ?? findRefusedEffortField(words, sent);
  }

  /** The name in Chat Completions of a field that an error of another endpoint names. Undefined if it cannot be left out. */
  private chatName(parameter: string | undefined, chat: RequestBody): string | undefined {
    const { currentFormat: format } = this;
    if (format === undefined || parameter === undefined) return parameter;
    const nameOf = (field: string): string | undefined => {
      const name = field in format.chatNames ? format.chatNames[field] : field;
      return name === 'max_tokens' && !(name in chat) ? 'max_completion_tokens' : name;
    };
    const [field = '', others] = parameter.split(' with ');
    if (others === undefined) return nameOf(field);
    const otherNames = others.split(' and ').map((other) => nameOf(other) ?? other);
    return `${nameOf(field) ?? field} with ${otherNames.join(' and ')}`;
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
    this.body ??= parseBody(this.original.body);
    return this.body;
  }

  /** The complete request if it asks for thinking. Parses no request that does not. */
  private originalBodyIfEffort(): RequestBody | undefined {
    if (this.original.body?.includes(`"${effortField}"`) !== true) return undefined;
    const body = this.originalBody();
    return body === undefined || effortLevel(body) === undefined ? undefined : body;
  }

  private remove(unsupported: ReadonlySet<string>): void {
    const body = this.originalBody();
    if (body === undefined) return;
    const { currentFormat: format } = this;
    const supported = removeUnsupportedParameters(body, unsupported, this.options.reasoning);
    if (format === undefined) {
      const { gatewayId, modelId } = this.options;
      const { hostname } = this.original.url;
      const written = writeEffort(body, supported, { hostname, gatewayId, modelId, unsupported });
      this.sentEffort = written.sent;
      this.request = { ...this.original, body: JSON.stringify(written.body) };
      return;
    }
    const { keptReasoning = new Map<string, KeptReasoning>(), maxOutput } = this.options;
    const written = format.write(supported, { keptReasoning, maxOutput, unsupported });
    this.request = { ...atEndpoint(this.original, format.endpoint), body: JSON.stringify(written) };
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

/** True for a field, unless it is a form for thinking. */
function isCounted(parameter: string): boolean {
  return !parameter.includes(' ') && !uncountedFields.has(parameter);
}

function parseBody(body: string | undefined): RequestBody | undefined {
  return body === undefined ? undefined : (JSON.parse(body) as RequestBody);
}
