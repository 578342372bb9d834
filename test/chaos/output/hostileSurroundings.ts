import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { PanelState, ToViewMessage } from '../../../src/shared/messages/toView';
import { takeSnapshot } from '../../../src/shared/messages/takeSnapshot';
import type { HostileInput } from './hostileInputs';

/** What the panel shows around a conversation that only the page has: nothing that matters. */
export const calm: PanelState = {
  model: { reference: { gatewayId: 'hostile', modelId: 'gpt-4o' }, name: 'gpt-4o', gatewayName: 'Hostile' },
  gateways: [],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

/** The panel as it is when it is first opened, with hostile gateways to choose from. */
export function hostileWelcome(id: string, inputs: readonly HostileInput[]): ToViewMessage {
  const gateways = inputs.map(({ number, text, address }) => ({
    id: `gateway-${String(number)}`,
    name: text.slice(0, 300),
    description: address.slice(0, 300),
    ready: false,
  }));
  const conversation = takeSnapshot(emptyConversation(id, 1_700_000_000_000));
  return { type: 'snapshot', body: { revision: 0, conversation, state: { ...calm, model: null, gateways } } };
}

/** Around a conversation: hostile names of models and gateways, files that go along, prompts that wait. Calm in the end. */
export function hostileSurroundings(inputs: readonly HostileInput[]): readonly ToViewMessage[] {
  const models = inputs.map(({ text, number }) => ({
    reference: { gatewayId: text.slice(0, 300), modelId: `${String(number)}${text.slice(0, 300)}` },
    name: text.slice(0, 300),
    gatewayName: text.slice(0, 300),
  }));
  const attachments = inputs.map(({ text, address, number }) => ({
    kind: (['code', 'image', 'text', 'instructions'] as const)[number % 4] ?? 'code',
    icon: 'note' as const,
    id: `chip-${String(number)}`,
    label: text.slice(0, 300),
    description: address.slice(0, 300),
    tokens: number % 2 === 0 ? null : 2 ** 53,
  }));
  const queue = inputs.map(({ text, address, number }) => ({
    id: `queued-${String(number)}`,
    text: text.slice(0, 1_000),
    attachments: [text.slice(0, 300), address.slice(0, 300)],
  }));
  const context = { used: 2 ** 53, reserved: -1, window: 0, dropped: -1 };
  const around = { ...calm, attachments, queue, context };
  return [
    { type: 'state', body: { ...around, comparison: models } },
    ...models.slice(0, 3).map((model): ToViewMessage => ({ type: 'state', body: { ...calm, model } })),
    { type: 'state', body: calm },
  ];
}
