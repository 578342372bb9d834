import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { HttpChatClient } from '../../../src/gateway/httpChatClient';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import { reduce } from '../../../src/shared/conversation/reduce';
import { nodeFileSystem } from '../../../src/storage/files/fileSystem';
import { MediaFiles } from '../../../src/storage/media/mediaFiles';
import { ended } from '../../webview/panel/samples';
import { pictureAsked, pictureCame } from '../../webview/panel/pictureSamples';
import { BenchTab } from '../browser/benchTab';
import type { PageFiles } from '../browser/bundlePages';
import { openPanel, snapshotOf } from '../browser/contestantTab';
import { figureOf, type Figure } from '../figure';
import { medianOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import { benchRoute, consume } from './benchClient';

const plan = { rounds: 5, warmUps: 1 };

/** Gets a picture and shows it. Resolves to the time from the request to the pixels, in milliseconds. */
type Show = () => Promise<number>;

/**
 * A picture of 20 MB from the wire to the pixels of the panel: read, stored on disk, read again for the panel, decoded and painted.
 * The floor gets the same reply with `fetch` and shows it in an empty page. The way between the two processes is not counted: it is
 * not that of VS Code.
 */
export async function measurePicture(
  origin: string,
  client: HttpChatClient,
  browser: Browser,
  files: PageFiles,
): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-media-'));
  try {
    const contestants = new Map<string, Show>([
      ['parley', () => showInPanel(origin, client, browser, files, folder)],
      ['floor', () => showPlainly(origin, browser)],
    ]);
    const { time } = await takeTurns(contestants, plan, async (show) => ({ time: await show() }));
    const [ours, floor] = ['parley', 'floor'].map((name) => medianOf(time.get(name) ?? []));
    return [
      figureOf('picture-20-mb', 'ms', ours ?? Number.NaN, {
        floor: floor ?? Number.NaN,
        goals: { times: { floor: 2 } },
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function showInPanel(
  origin: string,
  client: HttpChatClient,
  browser: Browser,
  files: PageFiles,
  folder: string,
): Promise<number> {
  const ignore = (): void => undefined;
  const media = new MediaFiles(folder, nodeFileSystem, { info: ignore, warn: ignore, error: ignore });
  const tab = await openPanel(browser, files);
  const begun = performance.now();
  const [url = ''] = await consume(
    client.generate({
      ...benchRoute(`${origin}/v1`),
      modelId: 'gpt-image-1',
      generation: { kind: 'image', settings: {} },
      prompt: 'Noise',
      pictures: [],
    }),
  );
  const address = await media.keep('bench', url);
  const stored = await media.read('bench', address);
  const ready = performance.now() - begun;
  const conversation = emptyConversation('bench', 0);
  for (const event of [...pictureAsked({}), pictureCame(address), ended('a1')]) reduce(conversation, event);
  await tab.page.evaluate((snapshot) => {
    window.postMessage({ type: 'snapshot', body: snapshot });
  }, snapshotOf(conversation));
  await tab.page.locator('.picture-place').waitFor();
  const shown = await tab.page.evaluate(paintOf, {
    message: { type: 'media-loaded', body: { id: 'a1', index: 0, url: stored ?? '' } },
  });
  await tab.close();
  return ready + shown;
}

async function showPlainly(origin: string, browser: Browser): Promise<number> {
  const tab = await BenchTab.open(browser, new Map(), { body: '<img alt="" width="360">' });
  const begun = performance.now();
  const reply = await fetch(`${origin}/v1/images/generations`, { method: 'POST', body: '{}' });
  const { data } = (await reply.json()) as { readonly data: readonly { readonly b64_json: string }[] };
  const url = `data:image/png;base64,${data[0]?.b64_json ?? ''}`;
  const ready = performance.now() - begun;
  const shown = await tab.page.evaluate(paintOf, { url });
  await tab.close();
  return ready + shown;
}

/**
 * Runs in the page: sends the panel a message with a picture, or sets the picture of an empty page. Resolves to the time until the
 * picture is painted, in milliseconds.
 */
async function paintOf(given: { readonly message: unknown } | { readonly url: string }): Promise<number> {
  const begun = performance.now();
  if ('message' in given) window.postMessage(given.message);
  else document.querySelector('img')?.setAttribute('src', given.url);
  for (;;) {
    const image = document.querySelector('img');
    if (image?.src.startsWith('data:') === true) {
      await image.decode();
      break;
    }
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
  return performance.now() - begun;
}
