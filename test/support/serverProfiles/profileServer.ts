import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CannedReply, ModelAnswer, ServerProfile } from './serverProfile';

/** What a server is given; may be changed between requests. */
export interface ProfileServerState {
  /** The one key that it takes; null: it takes any, and none. */
  key: string | null;
  /** It is still loading its model. */
  loading: boolean;
  /** It has a model. */
  hasModels: boolean;
  /** Its model sees pictures. */
  sees: boolean;
  /** Characters of a request's body above which the prompt is too long. */
  longestPrompt: number;
  answer: ModelAnswer;
}

/** A request as it came. */
export interface ProfileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Undefined for what is not JSON. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly text: string;
}

/** A server on loopback that behaves like one of `serverProfiles`. */
export class ProfileServer {
  /** Requests so far, oldest first. */
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
   * Listens on loopback and answers as the profile does.
   *
   * @param port Default: a free one.
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

  /** The model is loaded: requests that wait for it are answered. */
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

  /** Why a request is not answered; undefined when it is. */
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
    // A request without a body, such as that for the list.
    return undefined;
  }
}
