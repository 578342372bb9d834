import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CannedReply, ModelAnswer, ServerProfile } from './serverProfile';

/** The state of a server, which may change between requests. */
export interface ProfileServerState {
  /** The only key that the server accepts; null if it accepts any key, and none. */
  key: string | null;
  /** True if the server is still loading its model. */
  loading: boolean;
  /** True if the server has a model. */
  hasModels: boolean;
  /** True if the model accepts pictures. */
  sees: boolean;
  /** A longer body of a request means that the prompt is too long; in characters. */
  longestPrompt: number;
  answer: ModelAnswer;
}

/** A received request. */
export interface ProfileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Undefined if the body is not JSON. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly text: string;
}

/** A local server that behaves like one of `serverProfiles`. */
export class ProfileServer {
  /** The requests so far, the oldest first. */
  readonly requests: ProfileRequest[] = [];
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly profile: ServerProfile,
    readonly state: ProfileServerState,
  ) {
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => void this.serve(request, Buffer.concat(pieces).toString(), response));
    });
  }

  /**
   * Listens on loopback and replies as the profile describes.
   *
   * @param port A free port if absent.
   */
  static async start(
    profile: ServerProfile,
    state: Partial<ProfileServerState> = {},
    port = 0,
  ): Promise<ProfileServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new ProfileServer(server, profile, {
      key: null,
      loading: false,
      hasModels: true,
      sees: false,
      longestPrompt: 20_000,
      answer: { reasoning: [], text: ['Hello', ' there', '.'], promptTokens: 9, completionTokens: 3 },
      ...state,
    });
  }

  /** Such as `http://127.0.0.1:40000/v1`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Ends the loading of the model: requests that wait for it get their answers. */
  finishLoading(): void {
    this.state.loading = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = parse(text);
    const path = url.replace(/\?.*$/, '');
    this.requests.push({ method, path: url, headers, body, text });
    const reply = this.refusal(method, path, headers, body, text);
    if (reply === 'closed') {
      request.socket.destroy();
      return;
    }
    if (reply === 'waits') await new Promise<void>((resolve) => this.waiting.push(resolve));
    else if (reply !== undefined) {
      this.send(response, reply);
      return;
    }
    this.answer(path, body, response);
  }

  /** The error for a request; undefined if the request gets an answer. */
  private refusal(
    method: string,
    path: string,
    headers: IncomingMessage['headers'],
    body: ProfileRequest['body'],
    text: string,
  ): CannedReply | 'waits' | 'closed' | undefined {
    const { profile, state } = this;
    const isList = method === 'GET' && path === '/v1/models';
    const isChat = method === 'POST' && path === '/v1/chat/completions';
    const needsKey = state.key !== null && !(isList && profile.listIsPublic.behaviour);
    if (needsKey && headers.authorization !== `Bearer ${state.key}`) return profile.wrongKey.behaviour;
    if (!isList && !isChat) return profile.wrongPath.behaviour(method, path);
    const { behaviour: loading } = profile.loading;
    if (state.loading && loading !== 'never' && !(loading === 'waits' && isList)) return loading;
    if (isList) return undefined;
    const model = String(body?.['model']);
    if (!profile.ignoresModelName && model !== profile.model) return profile.wrongModel.behaviour(model);
    if (!state.sees && text.includes('"image_url"')) return profile.pictureRefused.behaviour;
    const { behaviour: tooLong } = profile.tooLong;
    return text.length > state.longestPrompt && tooLong !== 'cut' ? tooLong : undefined;
  }

  private answer(path: string, body: ProfileRequest['body'], response: ServerResponse): void {
    const { profile, state } = this;
    if (path === '/v1/models') {
      this.send(response, (state.hasModels ? profile.list : profile.emptyList).behaviour);
      return;
    }
    if (body?.['stream'] !== true) {
      this.send(response, profile.whole.behaviour(state.answer, profile.model));
      return;
    }
    this.writeHead(response, 200, 'text/event-stream');
    for (const piece of profile.stream.behaviour(state.answer, profile.model)) response.write(piece);
    response.end();
  }

  private send(response: ServerResponse, { status, body, contentType, headers }: CannedReply): void {
    this.writeHead(response, status, contentType ?? 'application/json', headers);
    response.end(body);
  }

  private writeHead(
    response: ServerResponse,
    status: number,
    contentType: string,
    headers: CannedReply['headers'] = {},
  ): void {
    const { serverHeader } = this.profile;
    const server = serverHeader === undefined ? {} : { Server: serverHeader };
    response.writeHead(status, { ...server, 'Content-Type': contentType, ...headers });
  }
}

function parse(text: string): ProfileRequest['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // A request without a body, such as that for the list of models.
    return undefined;
  }
}
