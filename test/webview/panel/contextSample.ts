import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { PromptRecord } from '../../../src/shared/conversation/promptRecord';
import type { PanelState } from '../../../src/shared/messages/toView';
import { codeAttachment } from '../../support/messages';
import type { PanelPage } from './panelPage';
import { readyState } from './panelPage';
import { asked, begun, conversationOf, ended, picture, said } from './samples';

/** What the last prompt of the sample consisted of: 1,000 tokens. */
const sent: PromptRecord = {
  window: 128_000,
  reserved: 4_096,
  parts: [
    { kind: 'instructions', id: '', name: '', tokens: 12 },
    { kind: 'instruction-file', id: 'i', name: 'docs/AGENTS.md', tokens: 300, cut: true },
    { kind: 'attachment', id: 'x', tokens: 600 },
    { kind: 'text', tokens: 80 },
    { kind: 'format', tokens: 8 },
  ],
  omitted: [],
};

/** What the host says of the next prompt: 20,500 tokens. */
export const planned: PromptRecord = {
  window: 128_000,
  reserved: 4_096,
  parts: [
    { kind: 'instructions', id: '', name: '', tokens: 12 },
    { kind: 'instruction-file', id: 'i', name: 'docs/AGENTS.md', tokens: 300, cut: true },
    { kind: 'system-text', tokens: 40 },
    { kind: 'summary', tokens: 48 },
    { kind: 'earlier-prompts', count: 2, tokens: 160 },
    { kind: 'earlier-attachments', count: 1, tokens: 600 },
    { kind: 'earlier-answers', count: 2, tokens: 100 },
    { kind: 'attachment', id: 'huge', cut: true, tokens: 18_400 },
    { kind: 'attachment', id: 'p', tokens: 800 },
    { kind: 'text', tokens: 20 },
    { kind: 'format', tokens: 20 },
  ],
  omitted: [
    { kind: 'messages', count: 4 },
    { kind: 'reasoning', count: 1 },
  ],
};

/** A conversation whose prompts were recorded, and which Parley gave a title. */
export const recordedConversation = (id: string): Conversation =>
  conversationOf(
    id,
    asked('q1', 'What does it add?', null, [
      codeAttachment({ id: 'x', name: 'add.ts', startLine: 12, endLine: 30, lineCount: 80 }),
    ]),
    begun('a1', 'q1'),
    { kind: 'prompt-sent', id: 'a1', prompt: sent, at: 0 },
    said('a1', 'Two numbers.'),
    {
      ...ended('a1'),
      usage: {
        promptTokens: 1_024,
        completionTokens: 72,
        cachedTokens: 640,
        reasoningTokens: 40,
        cost: { amount: 0.0021, currency: 'USD', source: 'listed', saved: 0.0012 },
      },
    },
    {
      kind: 'background-requested',
      request: { purpose: 'title', usage: { promptTokens: 1_100, completionTokens: 6 } },
      at: 0,
    },
  );

/** The state beside it: chips with units, and the context meter. */
export const recordedState: PanelState = {
  ...readyState,
  context: { used: 20_480, reserved: 4_096, window: 128_000, dropped: 4 },
  attachments: [
    {
      kind: 'instructions',
      icon: 'book',
      id: 'i',
      label: 'AGENTS.md',
      description: 'docs/AGENTS.md. Sent with every prompt.',
      tokens: 300,
    },
    {
      kind: 'code',
      icon: 'list-selection',
      id: 'huge',
      label: 'huge.ts 5,700–6,300 of 12,000',
      description: 'src/huge.ts, lines 5,700 to 6,300',
      tokens: 18_400,
    },
    {
      kind: 'image',
      icon: 'file-media',
      id: 'p',
      label: 'sketch.png',
      description: 'Picture sketch.png',
      tokens: 800,
      hasThumbnail: true,
    },
  ],
};

/** Shows the sample with its thumbnail. */
export async function showRecorded(panel: PanelPage, id = 'c1'): Promise<void> {
  await panel.show(recordedConversation(id), recordedState);
  await panel.send('thumbnail-loaded', { id: 'p', url: picture });
}

/** Opens the popover of the context meter and answers its request. */
export async function openContextWindow(panel: PanelPage, name = 'Show Context Window'): Promise<void> {
  await panel.button(name).click();
  await panel.intent('plan-prompt');
  await answerPlan(panel);
}

/** Answers the last request for the plan of the next prompt. */
export async function answerPlan(panel: PanelPage, record = planned): Promise<void> {
  const { request = 0 } = (await panel.intents('plan-prompt')).at(-1) ?? {};
  await panel.send('prompt-planned', { request, plan: { modelName: 'GPT-5 mini', record } });
}
