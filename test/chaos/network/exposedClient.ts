import { GatewayChecker } from '../../../src/core/gatewayCheck/gatewayChecker';
import { writeCheckReport } from '../../../src/core/gatewayCheck/writeCheckReport';
import type { AnswerStream, StreamPart } from '../../../src/core/ports/answerStream';
import type { Timeouts } from '../../../src/core/models/route';
import { directNetwork, type NetworkSettings } from '../../../src/gateway/network/networkSettings';
import { defaultRetryPolicy } from '../../../src/gateway/failures/retryPolicy';
import type { Ending } from '../../../src/shared/answer/ending';
import { explainFailure } from '../../../src/shared/failure/explainFailure';
import type { Failure } from '../../../src/shared/failure/failure';
import { createTranslate } from '../../../src/shared/kit/translate';
import { gatewayWith, patient, summary, TestClient } from '../../unit/gateway/asking';

/** A key that can also be a part of a host name, where a hostile gateway may put it. */
export const exposedKey = 'sk-Canary-0123456789abcdef';
/** The prompt. Only the gateway may get it. */
export const exposedPrompt = 'the canary of the prompt';

/** The ways in which bytes of a gateway arrive: a question, a list of models, a check, a picture in an answer. */
export type Door = 'question' | 'list' | 'check' | 'medium';

/** The result of one door. */
export interface Outcome {
  /**
   * `completed stop`, `truncated stream-cut`, `failed redirect-refused`; `listed 3`; `checked: models, answer` with the failed
   * steps; `shown 12` with the size of a medium, or `nothing`.
   */
  readonly how: string;
  /** Everything that the user could see or a file could contain, without the text of the answer. */
  readonly told: string;
  /** The length of the answer, in characters. */
  readonly characters: number;
}

const english = createTranslate({});
/** How many parts that are not text are searched for the key. */
const mostParts = 1_000;

/** A client with a key, like that of the extension, whose output is recorded. */
export class ExposedClient {
  private readonly test: TestClient;

  constructor(network: Partial<NetworkSettings> = {}) {
    this.test = new TestClient(() => Promise.resolve(exposedKey), {
      network: () => ({ ...directNetwork, ...network }),
      retry: defaultRetryPolicy,
      // No waits, because other tests check them.
      wait: () => Promise.resolve(),
    });
  }

  get log(): readonly string[] {
    return this.test.log;
  }

  async go(door: Door, baseUrl: string, limits: Partial<Timeouts> = {}): Promise<Outcome> {
    const timeouts = { ...patient, ...limits };
    switch (door) {
      case 'question': {
        const messages = [{ role: 'user', content: exposedPrompt }] as const;
        return await hear(this.test.ask({ baseUrl }, { messages, timeouts }));
      }
      case 'list': {
        const { models, failure } = await this.test.client.listModels(gatewayWith({ baseUrl }), timeouts);
        const how = failure === undefined ? `listed ${models.length}` : `failed ${failure.kind}`;
        return { how, told: tell({ models: models.slice(0, mostParts), failure }, failure), characters: 0 };
      }
      case 'check':
        return await this.check(baseUrl, timeouts);
      case 'medium': {
        const medium = await this.test.client.fetchMedia(`${baseUrl}/cat.png`);
        const how = medium === undefined ? 'nothing' : `shown ${medium.bytes.length}`;
        return { how, told: medium?.mimeType ?? '', characters: 0 };
      }
    }
  }

  async dispose(): Promise<void> {
    await this.test.client.dispose();
  }

  private async check(baseUrl: string, timeouts: Timeouts): Promise<Outcome> {
    const checker = new GatewayChecker({
      client: this.test.client,
      gateway: gatewayWith({ baseUrl }),
      modelId: 'some-model',
      defaultModel: undefined,
      parametersOf: () => ({ ok: true, parameters: {} }),
      timeouts,
      now: () => 0,
      t: english,
      onStep: () => undefined,
    });
    const check = await checker.run();
    const failed = check.findings.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name);
    const told = writeCheckReport(check, new Map(), english) + JSON.stringify(check);
    return { how: `checked: ${failed.join(', ')}`, told, characters: 0 };
  }
}

/** Reads an answer to its end without keeping its text. Checks that it has exactly one end. */
export async function hear(stream: AnswerStream): Promise<Outcome> {
  const others: StreamPart[] = [];
  const endings: Ending[] = [];
  let characters = 0;
  for await (const parts of stream) {
    for (const part of parts) {
      if (part.kind === 'ended') endings.push(part.ending);
      else if (part.kind === 'text' || part.kind === 'reasoning') characters += part.text.length;
      else if (others.length < mostParts) others.push(part);
    }
  }
  const [ending] = endings;
  if (ending === undefined || endings.length !== 1) throw new Error(`${endings.length} ends instead of one`);
  const failure = ending.outcome === 'failed' || ending.outcome === 'truncated' ? ending.failure : undefined;
  return { how: summary({ ending }), told: tell([...others, ending], failure), characters };
}

function tell(facts: unknown, failure: Failure | undefined): string {
  const explained = failure === undefined ? undefined : explainFailure(failure, english);
  return JSON.stringify([facts, explained]);
}

/** The forms of the key and the prompt that occur in what was recorded or sent. */
export function leaks(text: string): string[] {
  const forms = ['canary', '0123456789', Buffer.from(exposedKey).toString('base64').slice(4, -4)];
  const lowered = text.toLowerCase();
  return forms.filter((form) => lowered.includes(form.toLowerCase()));
}
