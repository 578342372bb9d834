import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { LocalServerCard, PanelState } from '../../../src/shared/messages/toView';
import { root } from '../../support/startVSCode';
import { type PanelPage, readyState, type PanelPageOptions } from './panelPage';
import { firstRunState } from './panelStates';
import { conversationOf } from './samples';
import { TestPanels } from './testPanels';

const waiting = [{ id: 'q1', text: 'Why is the sky blue?', attachments: ['sky.ts'] }];

describe('the cards of gateways', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  async function open(state: PanelState = firstRunState, options: PanelPageOptions = {}): Promise<void> {
    panel = await panels.open(options);
    await panel.show(conversationOf('c1'), state);
    await list('Gateways').waitFor();
  }

  function list(name: string): Locator {
    return panel.page.getByRole('list', { name, exact: true });
  }

  async function found(...servers: LocalServerCard[]): Promise<void> {
    const { request } = (await panel.intents('find-local-servers')).at(-1) ?? { request: 0 };
    await panel.send('local-servers-found', { request, servers });
  }

  async function focusedName(): Promise<string> {
    return await panel.page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  }

  it('say in one line what each gateway is, and choose one', async () => {
    await open();
    const names = await list('Gateways').getByRole('button').allTextContents();
    equal(names.length, firstRunState.gateways.length);
    for (const { name, description } of firstRunState.gateways) ok(names.includes(name + description), name);
    await list('Gateways')
      .getByRole('button', { name: /^APIMart/ })
      .click();
    deepStrictEqual(await panel.intents('add-gateway'), [{ gatewayId: 'apimart' }]);
  });

  it('open the page with the keys of a gateway, and do not choose the gateway', async () => {
    await open();
    await panel.page.getByRole('link', { name: 'Get a key from APIMart' }).click();
    deepStrictEqual(await panel.intents('open-link'), [{ href: 'https://apimart.ai/keys' }]);
    deepStrictEqual(await panel.intents('add-gateway'), []);
    // AITRE has no page that is the same for all users.
    equal(await panel.page.getByRole('link', { name: 'Get a key from AITRE' }).count(), 0);
  });

  it('offer local servers and any base URL without another list in between', async () => {
    await open();
    await list('Others')
      .getByRole('button', { name: /^Local Server…/ })
      .click();
    await list('Others')
      .getByRole('button', { name: /Any OpenAI-compatible API$/ })
      .click();
    deepStrictEqual(await panel.intents('add-gateway'), [
      { gatewayId: null, kind: 'local' },
      { gatewayId: null, kind: 'custom' },
    ]);
  });

  it('show the servers that run on this computer, each with its state', async () => {
    await open();
    equal((await panel.intents('find-local-servers')).length, 1);
    equal(await list('Running on this computer').count(), 0);
    await found(
      { id: 'ollama', name: 'Ollama', state: 'running', models: 3 },
      { id: 'llamacpp', name: 'llama.cpp', state: 'loading', models: 0 },
      { id: 'vllm', name: 'vLLM', state: 'locked', models: 0 },
    );
    deepStrictEqual(await list('Running on this computer').getByRole('button').allTextContents(), [
      'Ollama3 models. No key needed.',
      'llama.cppLoading its model',
      'vLLMAsks for an API key',
    ]);
    await list('Running on this computer')
      .getByRole('button', { name: /^Ollama/ })
      .click();
    deepStrictEqual(await panel.intents('add-gateway'), [{ gatewayId: 'ollama' }]);
  });

  it('look again for local servers five seconds after a search, and not while one is running', async () => {
    await open(firstRunState, { time: 0 });
    await panel.page.clock.runFor(60_000);
    equal((await panel.intents('find-local-servers')).length, 1, 'no answer, no further search');
    await found();
    // The page's clock also goes by itself: at most two seconds during this test.
    await panel.page.clock.runFor(3_000);
    equal((await panel.intents('find-local-servers')).length, 1);
    await panel.page.clock.runFor(2_000);
    equal((await panel.intents('find-local-servers')).length, 2);
    await found({ id: 'ollama', name: 'Ollama', state: 'running', models: 1 });
    await list('Running on this computer').getByText('1 model. No key needed.').waitFor();
  });

  it('look for no local servers once a gateway is ready', async () => {
    await open(firstRunState, { time: 0 });
    await found();
    await panel.send('state', readyState);
    await panel.page.getByText('What are you working on?').waitFor();
    await panel.page.clock.runFor(60_000);
    equal((await panel.intents('find-local-servers')).length, 1);
  });

  it('say that the gateway is ready and which model was chosen', async () => {
    await open();
    await panel.send('state', readyState);
    await panel.page.getByRole('status').getByText('Demo is ready. Model: GPT-5 mini').waitFor();
  });

  it('say nothing of a gateway that was ready from the beginning', async () => {
    panel = await panels.open();
    await panel.show(conversationOf('c1'), readyState);
    await panel.page.getByText('What are you working on?').waitFor();
    equal(await panel.page.getByText('is ready').count(), 0);
  });

  it('get the focus after a prompt without a gateway, which waits in sight', async () => {
    await open();
    await panel.composer.fill('Why is the sky blue?');
    await panel.composer.press('Enter');
    deepStrictEqual(await panel.intents('submit'), [{ text: 'Why is the sky blue?' }]);
    await panel.send('state', { ...firstRunState, queue: waiting });
    await panel.page
      .getByRole('status')
      .getByText('Your prompt is sent as soon as a gateway is ready.')
      .waitFor();
    const queue = list('Queued Prompts');
    await queue.getByText('Why is the sky blue?').waitFor();
    await queue.getByText('sky.ts').waitFor();
    await panel.page.getByText('Waiting for a gateway').waitFor();
    await panel.page.waitForFunction(() => document.activeElement?.className === 'card');
    ok((await focusedName()).startsWith('APIMart'));
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    await found({ id: 'ollama', name: 'Ollama', state: 'running', models: 3 });
    await list('Running on this computer').getByRole('button').focus();
    const stops: string[] = [];
    for (let stop = 0; stop < 30 && !stops.at(-1)?.startsWith('Any Base URL'); stop += 1) {
      stops.push(await focusedName());
      const ring = await panel.page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
        return outlineStyle === 'solid' && outlineWidth !== '0px';
      });
      ok(ring, `a ring around ${stops.at(-1) ?? ''}`);
      if (stops.at(-1)?.startsWith('Any Base URL') !== true) await panel.page.keyboard.press('Tab');
    }
    for (const name of ['Ollama', 'APIMart', 'Get a key from APIMart', 'Local Server…', 'Any Base URL…'])
      ok(
        stops.some((stop) => stop.startsWith(name)),
        `${name} among ${stops.join(', ')}`,
      );
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('add-gateway'), [{ gatewayId: null, kind: 'custom' }]);
  });

  for (const language of ['en', 'zh-cn']) {
    it(`fit 240 pixels and 200 % without a sideways scroll: ${language}`, async () => {
      const bundle =
        language === 'en'
          ? {}
          : (JSON.parse(
              await readFile(join(root, 'l10n', `bundle.l10n.${language}.json`), 'utf8'),
            ) as Readonly<Record<string, string>>);
      panel = await panels.open({ width: 240, height: 500, language, bundle });
      await panel.show(conversationOf('c1'), firstRunState);
      await panel.page.locator('.cards').first().waitFor();
      await found({ id: 'ollama', name: 'Ollama', state: 'running', models: 3 });
      for (const zoom of [1, 2]) {
        await panel.page.evaluate((value) => {
          document.documentElement.style.setProperty('--vscode-font-size', `${13 * value}px`);
        }, zoom);
        await panel.settle();
        const overflow = await panel.page.evaluate(() =>
          [...document.querySelectorAll('html, .welcome, .gateway-card, .card')]
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map((element) => element.className),
        );
        deepStrictEqual(overflow, [], `at ${zoom}`);
      }
    });
  }
});
