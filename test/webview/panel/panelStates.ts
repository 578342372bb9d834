import { offerFor } from '../../../src/core/models/offerFor';
import { gatewayPresets, presetDescription } from '../../../src/gateway/setup/gatewayPresets';
import { codeBlockKey } from '../../../src/shared/conversation/codeBlockKey';
import type { HistoryEntry, PanelState } from '../../../src/shared/messages/toView';
import { codeAttachment } from '../../support/messages';
import { richAnswer } from '../../support/richAnswer';
import { openContextWindow, showRecorded } from './contextSample';
import type { PanelPage } from './panelPage';
import { readyState } from './panelPage';
import { drawing, gridActions, pictureAsked, pictureCame, taskWaits } from './pictureSamples';
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

/** What a new user sees: the real presets, none of them ready. */
export const firstRunState: PanelState = {
  model: null,
  gateways: gatewayPresets
    .filter(({ local }) => !local)
    .map(({ id, name, keyPage }) => ({
      ...{ id, name, description: presetDescription(id, (message) => message), ready: false },
      ...(keyPage !== undefined && { keyPage }),
    })),
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};
/** A piece of code that goes with the next prompt. */
export const chips = [
  {
    kind: 'code' as const,
    icon: 'list-selection' as const,
    id: 'x',
    label: 'format.ts:12-30',
    description: 'src/format.ts',
    tokens: 3,
  },
];

/** Prompts with versions, code and each kind of end. */
export const conversation = conversationOf(
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
  ended('a3', {
    outcome: 'failed',
    failure: {
      kind: 'unauthorized',
      retryable: false,
      status: 401,
      url: 'https://x.example/v1',
      detail: 'no',
    },
  }),
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

const markdown = `# A title\n\n- [x] done\n- [ ] to do\n\n| Name | Value |\n| --- | ---: |\n| a | 1 |\n\n> A quote\n\n1. One\n   - Two\n\n---\n\n${richAnswer}`;

function listed(id: string, changes: Partial<HistoryEntry>): HistoryEntry {
  return {
    id,
    title: `Chat ${id}`,
    updatedAt: Date.now(),
    messageCount: 2,
    pinned: false,
    failed: false,
    model: null,
    answering: false,
    current: false,
    deleted: false,
    excerpt: null,
    ...changes,
  };
}

async function openHistory(panel: PanelPage, entries: readonly HistoryEntry[]): Promise<void> {
  await panel.send('show', { part: 'history' });
  const { request } = await panel.intent('list-history');
  await panel.send('history-listed', { request, entries });
}

/** A state in which two gateways are ready. */
export const twoGateways: PanelState = {
  ...readyState,
  gateways: [
    ...readyState.gateways,
    { id: 'lab', name: 'Lab', description: 'lab.example.test', ready: true },
  ],
};

/** Everything that the panel can show, each by what brings it about. */
export const panelStates: Record<string, (panel: PanelPage) => Promise<void>> = {
  'first run': async (panel) => {
    await panel.show(conversationOf('c1'), firstRunState);
    await panel.page.getByRole('list', { name: 'Gateways', exact: true }).waitFor();
    const { request } = await panel.intent('find-local-servers');
    const servers = [{ id: 'ollama', name: 'Ollama', state: 'running', models: 3 }] as const;
    await panel.send('local-servers-found', { request, servers });
  },
  'first run with a prompt that waits for a gateway': async (panel) => {
    await panel.show(conversationOf('c1'), firstRunState);
    await panel.page.getByRole('list', { name: 'Gateways', exact: true }).waitFor();
    const queue = [{ id: 'q1', text: 'Why is the sky blue?', attachments: ['sky.ts'] }];
    await panel.send('state', { ...firstRunState, queue });
  },
  'first gateway ready': async (panel) => {
    await panel.show(conversationOf('c1'), firstRunState);
    await panel.send('state', readyState);
    await panel.page.getByText('Demo is ready.').waitFor();
  },
  'new chat': (panel) => panel.show(conversationOf('c1')),
  conversation: (panel) =>
    panel.show(conversation, { ...readyState, attachments: chips } satisfies PanelState),
  'an answer that needs credit, with its details': async (panel) => {
    const failure = {
      kind: 'payment-required',
      retryable: false,
      gatewayName: 'OpenRouter',
      url: 'https://openrouter.ai/api/v1/chat/completions',
      status: 402,
      requestId: 'req-1',
      detail: 'Insufficient credits',
    } as const;
    const answer = [begun('a1', 'q1'), ended('a1', { outcome: 'failed', failure })];
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), ...answer));
    await panel.page.getByText('Details').click();
    await panel.button('Open Billing Page').focus();
  },
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
  'a picture that is being made': async (panel) => {
    await panel.show(
      conversationOf('c1', ...pictureAsked({ size: '1536x1024', count: 2 }, 'image', Date.now()), {
        kind: 'task-progressed',
        id: 'a1',
        state: 'running',
        percent: 40,
        at: 1,
      }),
    );
    await panel.page.getByRole('progressbar').waitFor();
  },
  'pictures of Midjourney with their buttons': async (panel) => {
    await panel.show(
      conversationOf(
        'c1',
        ...pictureAsked({}, 'midjourney'),
        { kind: 'task-actions-offered', id: 'a1', actions: gridActions, at: 1 },
        pictureCame(drawing('teal', 1024, 1024), { revisedPrompt: 'A ginger cat' }),
        ended('a1'),
      ),
    );
    await panel.button('More').click();
    await panel.button('Pan Left').focus();
  },
  'the options of a picture model': async (panel) => {
    const generation = offerFor('image', 'gpt-image-2', 'https://gateway.example/v1');
    const picked = {
      kind: 'image',
      icon: 'file-media',
      id: 'p',
      description: 'cat.png',
      tokens: null,
    } as const;
    const attachments = [...chips, { ...picked, label: 'cat.png' }];
    await panel.show(conversation, { ...readyState, generation, attachments });
    await panel.button('Picture Options').click();
    await panel.page.getByRole('radio', { name: 'Landscape 3:2, 1536 × 1024' }).focus();
  },
  'the mask of a picture': async (panel) => {
    const generation = offerFor('image', 'gpt-image-2', 'https://gateway.example/v1');
    const picked = { kind: 'image', icon: 'file-media', description: 'cat.png', tokens: null } as const;
    const attachments = [{ ...picked, id: 'p', label: 'cat.png', hasThumbnail: true, hasMask: true }];
    await panel.show(conversation, { ...readyState, generation, attachments });
    await panel.send('thumbnail-loaded', {
      id: 'p',
      url: drawing('teal'),
      mask: `data:image/png;base64,AAAA`,
    });
    await panel.button('Change the Mask of cat.png').click();
    await panel.page.getByText('Nothing is painted yet.').waitFor();
    await panel.page.getByRole('application').press('Space');
    await panel.page.getByText('% is painted').waitFor();
  },
  'a Midjourney task that waits for a prompt and a mask': async (panel) => {
    const made = [pictureCame(drawing('teal', 300, 200)), ended('a1')];
    await panel.show(
      conversationOf(
        'c1',
        ...pictureAsked({}, 'midjourney'),
        ...made,
        ...taskWaits('MJ::Inpaint::1::uuid::SOLO'),
      ),
      { ...readyState, generation: offerFor('midjourney', 'midjourney', 'https://gateway.example/v1') },
    );
    await panel.page.getByRole('textbox', { name: 'Prompt' }).focus();
  },
  'the context window': async (panel) => {
    await showRecorded(panel);
    await openContextWindow(panel);
    await panel.page.getByRole('table', { name: 'Next Prompt' }).waitFor();
  },
  'a model that is paid per request': async (panel) => {
    const reference = { gatewayId: 'demo', modelId: 'painter' };
    const requestPrice = { amount: 0.3, currency: 'USD' };
    const model = { reference, name: 'Painter', gatewayName: 'Demo', requestPrice };
    await panel.show(conversationOf('c1'), { ...readyState, model });
    await panel.page.getByText('About $0.30 per request').waitFor();
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
  'models of several gateways': async (panel) => {
    const comparison = ['demo', 'lab'].map((gatewayId) => ({
      reference: { gatewayId, modelId: 'gpt-5-mini' },
      name: 'GPT-5 mini',
    }));
    const events = [asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Because.'), ended('a1')];
    await panel.show(conversationOf('c1', ...events), { ...twoGateways, comparison });
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
        { kind: 'instructions', icon: 'book', id: 'i', label: 'AGENTS.md', description: '', tokens: 12_345 },
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
  'compared answers in tabs': async (panel) => {
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
  'first prompts about what is open': (panel) =>
    panel.show(conversationOf('c1'), {
      ...readyState,
      opened: {
        file: 'a_rather_long_file_name_without_any_space_in_it.ts',
        symbol: { name: 'product', isCallable: true },
        problems: 2,
        changes: 1,
      },
    }),
  'the parameters of a chat': async (panel) => {
    await panel.show(conversationOf('c1'));
    await panel.button('Parameters').click();
    await panel.page.getByRole('dialog').waitFor();
  },
  'presets, with an invalid temperature and a name that is taken': async (panel) => {
    await panel.page.setViewportSize({ width: 320, height: 900 });
    const parameters = { temperature: 0.2, effort: 'high', systemText: 'You are a careful reviewer.' };
    const preset = { id: 'p1', name: 'Reviewer', modelName: 'GPT-5 mini', available: true, parameters };
    const presets = [
      { ...preset, hasCurrentModel: true },
      { ...preset, id: 'p2', name: 'Poet', available: false, hasCurrentModel: false },
    ];
    await panel.show(conversationOf('c1', { kind: 'parameters-changed', parameters, at: 0 }), {
      ...readyState,
      presets,
    });
    await panel.button('Parameters').click();
    await panel.button('Delete Poet').click();
    await panel.send('state', { ...readyState, presets: presets.slice(0, 1) });
    await panel.page.getByRole('spinbutton').fill('3');
    await panel.button('Save as Preset').click();
    await panel.page.getByRole('textbox', { name: 'Preset Name' }).fill('Reviewer');
    await panel.page.getByText('Another preset has this name.').waitFor();
  },
  'suggestions for an edited prompt': async (panel) => {
    await panel.show(conversation, { ...readyState, edits: [{ id: 'q1', attachments: chips }] });
    await panel.page.getByRole('textbox', { name: 'Edit Message' }).fill('');
    await panel.page.getByRole('textbox', { name: 'Edit Message' }).pressSequentially('#');
    await panel.page.getByRole('listbox').waitFor();
  },
  streaming: async (panel) => {
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), thought('a1', 'Well')));
    await panel.composer.fill('next');
  },
  'rich Markdown': async (panel) => {
    await panel.page.setViewportSize({ width: 320, height: 2400 });
    await panel.show(
      conversationOf('c1', asked('q1', 'Show all'), begun('a1', 'q1'), said('a1', markdown), ended('a1')),
    );
    await panel.page.getByRole('img', { name: 'Diagram' }).waitFor();
    await panel.page.getByText("Couldn't draw this diagram.").waitFor();
    await panel.page.locator('math').first().waitFor();
  },
  'code for several files, of which one was applied': async (panel) => {
    const text = '```ts src/a.ts\nlet a;\n```\n\n```sh\nnpm test\n```\n\n```ts src/b.ts\nlet b;\n```\n';
    const block = codeBlockKey({ text: 'let a;', info: 'ts src/a.ts' });
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', text), ended('a1')),
      { ...readyState, applied: [{ answer: 'a1', block, files: ['src/a.ts'] }] },
    );
    await panel.button('Apply All').waitFor();
    await panel.page.getByText('Applied', { exact: true }).waitFor();
  },
  'a fork': async (panel) => {
    await panel.show(
      conversationOf(
        'c2',
        {
          kind: 'conversation-created',
          id: 'c2',
          at: 0,
          origin: { conversation: 'c1', title: 'The original', message: 'a1' },
        },
        asked('q1', 'Why?'),
        begun('a1', 'q1'),
        said('a1', 'So.'),
        ended('a1'),
      ),
    );
    await panel.button('Forked from “The original”').waitFor();
  },
  'a table that scrolls, and a diagram that was enlarged and zoomed': async (panel) => {
    await panel.page.setViewportSize({ width: 240, height: 700 });
    const words = '| internationalisation | responsibility | characteristically |';
    const text = `${words}\n| - | - | - |\n${words}\n\n\`\`\`mermaid\nflowchart LR\n  A --> B\n\`\`\`\n`;
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', text), ended('a1')),
    );
    await panel.page.locator('.markdown-table[tabindex]').waitFor();
    await panel.button('Enlarge Diagram').click();
    await panel.button('Zoom In').click();
    await panel.page.getByText(/^\d+%$/).waitFor();
  },
  'more actions of a code block': async (panel) => {
    await panel.page.setViewportSize({ width: 240, height: 700 });
    await panel.show(
      conversationOf(
        'c1',
        asked('q1', 'Why?'),
        begun('a1', 'q1'),
        said('a1', '```ts\nconst one = 1;\n```\n'),
        ended('a1'),
      ),
    );
    await panel.page
      .getByRole('group', { name: 'TypeScript' })
      .getByRole('button', { name: 'More' })
      .press('Enter');
    await panel.page.getByRole('menuitem', { name: 'New File' }).waitFor();
  },
  history: async (panel) => {
    await panel.show(conversation);
    await openHistory(panel, [
      listed('1', { pinned: true }),
      listed('2', { current: true }),
      listed('3', { answering: true }),
      listed('4', { deleted: true }),
      listed('5', { title: '', excerpt: 'words around what was found' }),
    ]);
    await panel.page.getByText('Chat 1').hover();
  },
  'failed chats in the history': async (panel) => {
    await panel.show(conversation);
    const failed = { failed: true, model: 'gpt-5' };
    await openHistory(panel, [listed('1', { model: 'gpt-5' }), listed('2', failed), listed('3', failed)]);
    await panel.page.getByRole('button', { name: '2 failed chats' }).click();
    await panel.page.getByText('Chat 3').hover();
  },
  'an empty history': async (panel) => {
    await panel.show(conversationOf('c1'));
    await openHistory(panel, []);
    await panel.page.getByText('No chats yet').waitFor();
  },
  'renaming in the history': async (panel) => {
    await panel.show(conversation);
    await openHistory(panel, [listed('1', {})]);
    await panel.page.getByText('Chat 1').focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('F2');
    await panel.page.locator('.history-rename').waitFor();
  },
  'finding in the chat': async (panel) => {
    await panel.show(conversation);
    await panel.send('show', { part: 'find' });
    await panel.page.locator('.find-field').fill('Half');
    await panel.page.getByText(/^1 of/).waitFor();
  },
  'finding nothing in the chat': async (panel) => {
    await panel.show(conversation);
    await panel.send('show', { part: 'find' });
    await panel.page.locator('.find-field').fill('zzz');
    await panel.page.getByText('No results').waitFor();
  },
  'the keyboard shortcuts': async (panel) => {
    await panel.show(conversation);
    await panel.send('show', { part: 'shortcuts' });
    await panel.page.getByRole('dialog', { name: 'Keyboard Shortcuts' }).waitFor();
  },
  'something dragged over the panel': async (panel) => {
    await panel.show(conversation);
    await panel.page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.txt'));
      document
        .querySelector('#root')
        ?.dispatchEvent(new DragEvent('dragenter', { bubbles: true, dataTransfer }));
    });
    await panel.page.getByText('Drop to attach').waitFor();
  },
};
