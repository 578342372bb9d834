import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import type { PanelState } from '../../../src/shared/messages';
import { launchBrowser } from '../../support/launchBrowser';
import { codeAttachment } from '../../support/messages';
import { root } from '../../support/startVSCode';
import { PanelPage, readyState } from './panelPage';
import {
  asked,
  begun,
  comparedConversation,
  conversationOf,
  ended,
  picture,
  richConversation,
  said,
  thought,
} from './samples';
import { themeNames } from './themes';

const gateways = [{ id: 'one', name: 'One', description: 'models', ready: false }];
const chips = [
  { kind: 'code' as const, id: 'x', label: 'format.ts:12-30', description: 'src/format.ts', tokens: 3 },
];

const conversation = conversationOf(
  'c1',
  { kind: 'title-changed', title: 'Numbers', source: 'prompt', at: 0 },
  asked('q1', 'Why?', null, [codeAttachment({ id: 'x' })]),
  begun('a1', 'q1'),
  thought('a1', 'Well'),
  said('a1', 'Because `it` is.\n\n```ts\nconst one = 1;\n```\n'),
  ended('a1'),
  begun('a2', 'q1'),
  said('a2', 'Otherwise.'),
  ended('a2'),
  asked('q2', 'And?', 'a2'),
  begun('a3', 'q2'),
  ended('a3', { outcome: 'failed', failure: { kind: 'unauthorized', retryable: false, detail: 'no' } }),
  asked('q3', 'So?', 'a3'),
  begun('a4', 'q3'),
  said('a4', 'Half'),
  ended('a4', { outcome: 'cancelled' }),
);

const picturesAsked = conversationOf(
  'c1',
  asked('q1', 'What differs?', null, [
    codeAttachment({ id: 'x' }),
    { kind: 'image', id: 'i1', name: 'first.png', url: picture },
    { kind: 'image', id: 'i2', name: 'second.png', url: picture },
    { kind: 'image', id: 'i3', name: 'far.png', url: 'https://pictures.example/far.png' },
  ]),
  begun('a1', 'q1'),
  said('a1', 'Nothing.'),
  ended('a1'),
);

const states: Record<string, (panel: PanelPage) => Promise<void>> = {
  'first run': (panel) =>
    panel.show(conversationOf('c1'), {
      model: null,
      gateways,
      attachments: [],
      context: null,
      queue: [],
      comparison: [],
    }),
  'new chat': (panel) => panel.show(conversationOf('c1')),
  conversation: (panel) =>
    panel.show(conversation, { ...readyState, attachments: chips } satisfies PanelState),
  editing: async (panel) => {
    await panel.show(conversation);
    await panel.button('Edit').last().click();
  },
  'rich answers': async (panel) => {
    const context = { used: 12_000, reserved: 4_096, window: 128_000, dropped: 0 };
    await panel.show(richConversation('c1'), { ...readyState, context });
    await panel.page.getByText('Called get_colour').click();
    await panel.button('Probabilities').click();
    await panel.page.getByRole('button', { name: '␣is 40%' }).focus();
  },
  'a list over the composer': async (panel) => {
    await panel.show(conversation, { ...readyState, attachments: chips });
    await panel.composer.pressSequentially('@re');
    await panel.settle();
    const request = (await panel.intents('find-context')).at(-1)?.request ?? 0;
    const items = ['reader.ts', 'reduce.ts'].map((label) => ({
      id: label,
      kind: 'file' as const,
      label,
      description: 'src',
    }));
    await panel.send('context-found', { request, items });
    await panel.page.getByRole('option', { name: 'reduce.ts' }).waitFor();
  },
  'a list of prompts': async (panel) => {
    await panel.show(conversationOf('c1'));
    await panel.composer.pressSequentially('/');
    await panel.settle();
    const request = (await panel.intents('find-prompts')).at(-1)?.request ?? 0;
    const prompts = (['built-in', 'workspace'] as const).map((source) => ({
      id: source,
      name: source,
      description: 'Write tests',
      source,
    }));
    await panel.send('prompts-found', { request, prompts });
    await panel.page.getByRole('group', { name: 'Built-in Prompts' }).waitFor();
  },
  'waiting prompts': async (panel) => {
    const context = { used: 12_000, reserved: 4_096, window: 128_000, dropped: 0 };
    const comparison = ['One', 'Two'].map((name) => ({
      reference: { gatewayId: 'demo', modelId: name },
      name,
    }));
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1')), {
      ...readyState,
      attachments: [
        ...chips,
        { kind: 'instructions', id: 'i', label: 'AGENTS.md', description: '', tokens: 12_345 },
      ],
      context,
      comparison,
      queue: [{ id: 'w1', text: 'And then?', attachments: ['a.ts'] }],
    });
    await panel.composer.fill('next');
  },
  'answers side by side': async (panel) => {
    await panel.page.setViewportSize({ width: 1040, height: 700 });
    await panel.show(comparedConversation('c1'));
    await panel.article('GPT-5 mini').focus();
  },
  'answers one below the other': async (panel) => {
    await panel.page.setViewportSize({ width: 240, height: 700 });
    await panel.show(comparedConversation('c1'));
  },
  'more actions of an answer': async (panel) => {
    await panel.show(conversation);
    await panel.article('GPT-5 mini').first().getByRole('button', { name: 'More Actions' }).click();
    await panel.page.getByRole('menuitem', { name: 'Fork from Here' }).waitFor();
  },
  'more actions of a prompt while an answer streams': async (panel) => {
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Well')));
    await panel.article('You').getByRole('button', { name: 'More Actions' }).click();
    await panel.page.getByRole('menuitem', { name: 'Ask Several Models' }).waitFor();
  },
  'an enlarged picture': async (panel) => {
    await panel.show(picturesAsked);
    await panel.button('Enlarge first.png').click();
    await panel.button('Next Picture').click();
    await panel.button('Full Size').click();
  },
  'editing a prompt with chips': async (panel) => {
    await panel.show(picturesAsked);
    await panel.button('Edit').click();
    await panel.page.getByRole('textbox', { name: 'Edit Message' }).waitFor();
  },
  streaming: async (panel) => {
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), thought('a1', 'Well')));
    await panel.composer.fill('next');
  },
};

describe('accessibility', () => {
  let browser: Browser;
  let axe: string;

  before(async () => {
    browser = await launchBrowser();
    axe = await readFile(createRequire(join(root, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
  });
  after(async () => {
    await browser.close();
  });

  for (const theme of themeNames) {
    for (const [name, enter] of Object.entries(states)) {
      it(`has no violation: ${name}, ${theme}`, async () => {
        const panel = await PanelPage.open(browser, { theme, width: 320, reducedMotion: true });
        await enter(panel);
        // The page's policy lets no script in but the panel's; this comes in from outside of the page.
        await panel.page.evaluate(axe);
        const { violations } = await panel.page.evaluate<AxeResults>('axe.run()');
        deepStrictEqual(
          violations.map(({ id, nodes }) => ({
            id,
            nodes: nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`),
          })),
          [],
        );
        await panel.close();
      });
    }
  }

  it('can be used with the keyboard alone, each stop visible', async () => {
    const panel = await PanelPage.open(browser, { theme: 'dark' });
    await panel.show(conversation, { ...readyState, attachments: chips });
    await panel.button('New Chat').focus();
    const names: string[] = [];
    for (let stop = 0; stop < 60; stop += 1) {
      await panel.page.keyboard.press('Tab');
      const focused = await panel.page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const ring = getComputedStyle(element);
        const frame = element.closest('.composer-box');
        const actions = element.closest('.actions');
        return {
          name: element.getAttribute('aria-label') ?? element.textContent,
          // The input shows its focus by the frame around it.
          ringed:
            element.id === 'composer-input'
              ? frame !== null
              : ring.outlineStyle === 'solid' && ring.outlineWidth !== '0px',
          shown: actions === null || actions.matches(':focus-within'),
        };
      });
      if (focused === null) break;
      ok(focused.ringed, `a ring around ${focused.name}`);
      ok(focused.shown, `${focused.name} is shown`);
      names.push(focused.name);
    }
    for (const name of [
      'History',
      'Conversation',
      'Copy',
      'Edit',
      'Regenerate',
      'Previous Version',
      'Details',
      'Set API Key',
      'Remove format.ts:12-30',
      'Message',
      'Attach',
      'Send',
    ]) {
      ok(names.includes(name), `${name} among ${names.join(', ')}`);
    }
    await panel.close();
  });

  it('moves nothing for those who want less motion', async () => {
    const panel = await PanelPage.open(browser, { reducedMotion: true });
    await states['streaming']?.(panel);
    equal(await panel.page.evaluate(() => document.getAnimations().length), 0);
    await panel.close();
  });

  it('fits 240 pixels and 200 % without a sideways scroll', async () => {
    const panel = await PanelPage.open(browser, { width: 240, height: 500 });
    for (const [shown, zoom] of [
      [conversation, '1'],
      [conversation, '2'],
      [richConversation('c2'), '1'],
      [richConversation('c3'), '2'],
      [comparedConversation('c4'), '1'],
      [comparedConversation('c5'), '2'],
    ] as const) {
      await panel.show(shown, { ...readyState, attachments: chips });
      await panel.page.evaluate((value) => {
        document.documentElement.style.setProperty('--vscode-font-size', `${13 * Number(value)}px`);
      }, zoom);
      await panel.settle();
      const overflow = await panel.page.evaluate(() => ({
        page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        feed: [...document.querySelectorAll('.transcript')].map(
          (feed) => feed.scrollWidth - feed.clientWidth,
        ),
      }));
      deepStrictEqual(overflow, { page: 0, feed: [0] }, `at ${zoom}`);
      ok(
        await panel.page
          .getByRole('button', { name: /^(?:Send|Stop)$/ })
          .last()
          .isVisible(),
      );
    }
    await panel.close();
  });

  it('compares answers from right to left too, without a sideways scroll', async () => {
    const panel = await PanelPage.open(browser, { width: 240, height: 500 });
    await panel.show(
      conversationOf(
        'c1',
        asked('q1', 'أي فرز مستقر؟'),
        begun('a1', 'q1', 'One'),
        begun('a2', 'q1', 'Two'),
        { kind: 'comparison-started', id: 'q1', answers: ['a1', 'a2'], at: 0 },
        said('a1', 'فرز الدمج مستقر.'),
        said('a2', 'Merge sort is.'),
      ),
    );
    const sideOf = async (text: string): Promise<string> =>
      await panel.page
        .getByText(text)
        .last()
        .evaluate((element) => getComputedStyle(element).direction);
    equal(await sideOf('أي فرز مستقر؟'), 'rtl');
    equal(await sideOf('فرز الدمج مستقر.'), 'rtl');
    equal(await sideOf('Merge sort is.'), 'ltr');
    await panel.page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await panel.settle();
    deepStrictEqual(
      await panel.page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.transcript, .comparison-columns')].map(
          (element) => element.scrollWidth - element.clientWidth,
        ),
      ),
      [0, 0, 0],
    );
    await panel.article('One').focus();
    await panel.page.keyboard.press('ArrowLeft');
    ok(await panel.article('Two').evaluate((column) => column === document.activeElement));
    await panel.close();
  });
});
