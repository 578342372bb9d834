import { InMemoryUnsupportedParameters } from '../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import { RawServer, type RawScript } from '../../support/rawServer';
import { TestClient } from './asking';

/** The fields of a request. */
export type RequestFields = Readonly<Record<string, unknown>>;

/**
 * A client that learns what a gateway refuses, and the server that a test starts for it, for the tests of one `describe`. The
 * constructor registers the hooks: each test has its own client, and all are closed.
 */
export class LearningClient {
  memory = new InMemoryUnsupportedParameters();
  tested = new TestClient();
  server: RawServer | undefined;

  constructor() {
    beforeEach(() => {
      this.memory = new InMemoryUnsupportedParameters();
      this.tested = new TestClient(undefined, { unsupportedParameters: this.memory });
    });
    afterEach(async () => {
      await this.tested.client.dispose();
      await this.server?.stop();
      this.server = undefined;
    });
  }

  /** Starts a server, in place of the one before. */
  async serve(script: RawScript): Promise<void> {
    await this.server?.stop();
    this.server = await RawServer.start(script);
  }

  /** The base URL of the server. */
  get baseUrl(): string {
    return this.server?.baseUrl ?? '';
  }

  /** The fields of all requests, oldest first. */
  get bodies(): readonly RequestFields[] {
    return (this.server?.requests ?? []).map(({ body }) => JSON.parse(body) as RequestFields);
  }
}
