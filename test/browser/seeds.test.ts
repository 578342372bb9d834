import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { RawServer, type RawExchange } from '../support/rawServer';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { openParley } from '../support/workbench';

const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

interface AskedBody {
  readonly n?: number;
  readonly logprobs?: boolean;
  readonly messages: readonly { readonly content: unknown }[];
}

/** What each gateway's document shows, as the answer to a prompt that names the gateway. */
const replies: Readonly<Record<string, readonly unknown[]>> = {
  APIMart: [
    {
      code: 200,
      data: { choices: [{ index: 0, message: { content: 'Out of the wrapping.' }, finish_reason: 'stop' }] },
    },
  ],
  AITRE: [
    {
      choices: [
        {
          index: 0,
          delta: { content: 'Hello' },
          logprobs: {
            content: [{ token: 'Hello', logprob: -0.1, top_logprobs: [{ token: 'Hi', logprob: -2.4 }] }],
          },
        },
      ],
    },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ],
  AppleRouter: [
    { choices: [{ index: 0, delta: { content: 'Your video: https://cdn.example.test/cat.mp4' } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ],
  APIYI: [
    { model: 'gpt-4o-2024-08-06', choices: [{ index: 0, delta: { content: 'From a certain model.' } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ],
  picture: [
    { choices: [{ index: 0, delta: { images: [{ type: 'image_url', image_url: { url: pixel } }] } }] },
    { choices: [{ index: 0, delta: { content: 'A pixel.' }, finish_reason: 'stop' }] },
  ],
  three: [
    { choices: [{ index: 0, delta: { content: 'Ann' } }] },
    { choices: [{ index: 2, delta: { content: 'Cy' } }] },
    { choices: [{ index: 1, delta: { content: 'Bob' } }] },
    ...[0, 1, 2].map((index) => ({ choices: [{ index, delta: {}, finish_reason: 'stop' }] })),
  ],
};

async function answer(exchange: RawExchange): Promise<void> {
  if (exchange.head.startsWith('GET')) {
    await exchange.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"data":[{"id":"gpt-4o"}]}');
    exchange.end();
    return;
  }
  const prompt = JSON.stringify((JSON.parse(exchange.body) as AskedBody).messages.at(-1)?.content);
  const name = Object.keys(replies).find((candidate) => prompt.includes(candidate)) ?? 'APIMart';
  const pieces = replies[name] ?? [];
  const isWhole = name === 'APIMart';
  const type = isWhole ? 'application/json' : 'text/event-stream';
  await exchange.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: close\r\n\r\n`);
  for (const piece of pieces)
    await exchange.write(isWhole ? JSON.stringify(piece) : `data: ${JSON.stringify(piece)}\n\n`);
  if (!isWhole) await exchange.write('data: [DONE]\n\n');
  exchange.end();
}

describe("the gateways' documents, in the panel", () => {
  let server: RawServer;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    server = await RawServer.start(answer);
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'seed', name: 'Seed', baseUrl: server.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'seed/gpt-4o',
        'parley.parameters': { 'seed/*': { logprobs: true, top_logprobs: 2, n: 3 } },
      },
    });
    page = await vscode.page();
    view = await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await server.stop();
  });

  async function ask(text: string): Promise<void> {
    await view.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  }

  it('APIMart: shows a whole, wrapped reply though a stream was asked for', async () => {
    await ask('As in the document of APIMart');
    await view.getByText('Out of the wrapping.').waitFor();
  });

  it('AITRE: sends logprobs and shows the alternatives of a token with their probability', async () => {
    await ask('As in the document of AITRE');
    const last = view.getByRole('article').last();
    await last.getByText('Hello', { exact: true }).waitFor();
    await last.getByRole('button', { name: 'Probabilities' }).click();
    await last.getByRole('button', { name: /^Hello/ }).focus();
    await view.getByText('Hi', { exact: false }).first().waitFor();
    await screenshot(page, 'probabilities');
    const body = JSON.parse(server.requests.at(-1)?.body ?? '{}') as AskedBody;
    assert.equal(body.logprobs, true);
  });

  it('AppleRouter: offers the video that a veo model names, and fetches nothing unasked', async () => {
    await ask('As in the document of AppleRouter');
    const last = view.getByRole('article').last();
    await last.getByRole('button', { name: 'Show' }).waitFor();
    await last.getByRole('button', { name: 'Save' }).waitFor();
    await screenshot(page, 'video');
  });

  it('APIYI: shows the model actually used when it differs', async () => {
    await ask('As in the document of APIYI');
    await view.getByRole('article').last().getByText('gpt-4o-2024-08-06').first().waitFor();
  });

  it('shows a picture that came with the answer', async () => {
    await ask('A picture, please');
    await view.getByRole('article').last().getByRole('img').first().waitFor();
    await screenshot(page, 'picture');
  });

  it('streams three answers as versions, "1 of 3"', async () => {
    await ask('Give me three names');
    const last = view.getByRole('article').last();
    await last.getByText('1 of 3').waitFor();
    await last.getByText('Ann').waitFor();
    await last.getByRole('button', { name: 'Next Version' }).click();
    await view.getByRole('article').last().getByText('Bob').waitFor();
    await screenshot(page, 'versions');
  });
});
