import type { Browser } from 'playwright-core';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { PanelState, ToView } from '../../../src/shared/messages/toView';
import { reduce } from '../../../src/shared/conversation/reduce';
import { takeSnapshot } from '../../../src/shared/messages/takeSnapshot';
import { asked, begun } from '../../webview/panel/samples';
import { BenchTab } from './benchTab';
import type { PageFiles } from './bundlePages';

/** All that is measured beside each other: Parley's panel, the floor, the peers. */
export const contestants = {
  ours: 'panel',
  floor: 'floor',
  'streaming-markdown': 'streamingMarkdown',
  streamdown: 'streamdown',
  'markdown-it': 'markdownIt',
  'react-markdown': 'reactMarkdown',
} as const;

export type ContestantName = keyof typeof contestants;

const state: PanelState = {
  model: { reference: { gatewayId: 'demo', modelId: 'demo' }, name: 'Demo', gatewayName: 'Demo' },
  gateways: [{ id: 'demo', name: 'Demo', description: 'Demo', ready: true }],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

const panelStyle = `<link rel="stylesheet" href="webview.css">
  <style>body { margin: 0; padding: 0 20px; font: 13px sans-serif; color: #ccc; background: #181818; }</style>`;

/** A conversation whose answer `a` is about to come. */
export function askedConversation(conversation: Conversation = emptyConversation('c1', 0)): Conversation {
  const parent = [...conversation.messages.keys()].at(-1) ?? null;
  reduce(conversation, asked('p', 'And now?', parent));
  reduce(conversation, begun('a', 'p'));
  return conversation;
}

/** What the host sends for a conversation. */
export function snapshotOf(conversation: Conversation): ToView['snapshot'] {
  return { revision: 1, conversation: takeSnapshot(conversation), state };
}

declare global {
  interface Window {
    /** What the panel has sent to its host. */
    readonly sentToHost: readonly { readonly type: string; readonly body: unknown }[];
  }
}

/** Opens the panel; it shows nothing before a snapshot comes. */
export async function openPanel(browser: Browser, files: PageFiles): Promise<BenchTab> {
  const tab = await BenchTab.open(browser, files, {
    head: `${panelStyle}
      <script>
        window.sentToHost = [];
        window.acquireVsCodeApi = () => ({
          postMessage: (message) => window.sentToHost.push(message),
          getState: () => null,
          setState: () => undefined,
        });
      </script>`,
    body: `<div id="root"></div>
      <script type="application/json" id="parley-bootstrap">{"language":"en","bundle":{}}</script>
      <script type="module" src="webview.js"></script>
      <script type="module" src="panel.js"></script>`,
  });
  await tab.page.waitForFunction(
    'window.sentToHost.some(({ type }) => type === "ready") && window.offerPanel !== undefined',
  );
  return tab;
}

/** Opens a contestant, ready to take text. `conversation` is the history of Parley's panel. */
export async function openContestant(
  browser: Browser,
  files: PageFiles,
  name: ContestantName,
  conversation: Conversation = askedConversation(),
): Promise<BenchTab> {
  if (name !== 'ours') {
    const body = `<script type="module" src="${contestants[name]}.js"></script>`;
    // The floor shows what the panel shows.
    const tab = await BenchTab.open(browser, files, { body, head: name === 'floor' ? panelStyle : '' });
    await tab.page.waitForFunction('window.driver !== undefined');
    return tab;
  }
  const tab = await openPanel(browser, files);
  await tab.page.evaluate((snapshot) => {
    window.postMessage({ type: 'snapshot', body: snapshot });
  }, snapshotOf(conversation));
  await tab.page.waitForSelector('[data-message="a"]');
  await tab.page.evaluate(() => {
    // No peer has a text field. With a caret in a field, Chromium asks for its place several times a frame.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.offerPanel({ id: 'a', revision: 1 });
  });
  return tab;
}

/** Where the programs of all contestants are, for `bundlePages`. */
export const contestantPrograms: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(contestants).map((name) => [name, `test/bench/browser/contestants/${name}.ts`]),
);
