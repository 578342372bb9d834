import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { birdVideo } from '../../scripts/demo/birdVideo.mjs';
import { pictureEndpoints, pictureModels } from '../../scripts/demo/pictureEndpoints.mjs';
import { readPng } from '../support/readPng';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { chooseRow, openFile, openParley } from '../support/workbench';

interface PictureGateway {
  readonly server: Server;
  readonly baseUrl: string;
  /** The paths of the requests that it would bill. */
  readonly made: readonly string[];
  /** The forms of edits, oldest first. */
  readonly edits: readonly FormData[];
  /** While true, tasks run and do not end. */
  isHeld: boolean;
}

/** A gateway on loopback that makes pictures. */
async function startPictureGateway(): Promise<PictureGateway> {
  const made: string[] = [];
  // The second question about a task comes about eight seconds after the prompt.
  const edits: FormData[] = [];
  const endpoints = pictureEndpoints(2, (form) => edits.push(form));
  const server = createServer((request, response) => {
    const { url = '', method } = request;
    const endpoint = endpoints.find(([path]) => url.startsWith(path));
    if (endpoint === undefined) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: pictureModels.map((id) => ({ id })) }));
      return;
    }
    if (method === 'POST') made.push(url);
    if (gateway.isHeld && url.startsWith('/v1/tasks/')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 200, data: { status: 'processing', progress: 10 } }));
      return;
    }
    void endpoint[1].handleRequest(request, response, '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gateway = { server, made, edits, baseUrl: `http://127.0.0.1:${port}/v1`, isHeld: false };
  return gateway;
}

describe('pictures that a model makes', () => {
  let gateway: PictureGateway;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;
  let workspace: string;

  before(async () => {
    gateway = await startPictureGateway();
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await writeFile(join(workspace, 'notes.md'), '# Birds\n\n');
    const models = pictureModels.map((id) => ({ id }));
    vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [
          { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none', models },
        ],
        'parley.defaultModel': 'loopback/flux-kingfisher',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    gateway.server.closeAllConnections();
    gateway.server.close();
    await rm(workspace, { recursive: true, force: true });
  });

  const ask = async (text: string): Promise<void> => {
    const composer = view.getByRole('textbox', { name: 'Message' });
    await composer.fill(text);
    await composer.press('Enter');
  };

  /** Starts an empty chat with a model. */
  const choose = async (model: string): Promise<void> => {
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Parley model/ }).click();
    await chooseRow(page, model);
    await view.getByRole('button', { name: model }).waitFor();
  };

  /** The picture of an answer, once its pixels are there. */
  const drawn = async (answer: Locator): Promise<Locator> => {
    const picture = answer.locator('img').first();
    await picture.waitFor();
    await picture.evaluate((image: HTMLImageElement) => image.decode());
    assert.equal(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth), 256);
    return picture;
  };

  it('come from the prompt, and are displayed again after a reload', async () => {
    await ask('A kingfisher');
    await drawn(view.getByRole('article').last());
    await screenshot(page, 'picture');
    assert.deepEqual(gateway.made, ['/v1/images/generations']);
    await page.reload();
    await drawn(view.getByRole('article').last());
    assert.equal(gateway.made.length, 1, 'the picture is stored');
    const folder = join(vscode.dataFolder, 'user', 'User', 'globalStorage');
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jsonl'));
    for (const file of files)
      assert.doesNotMatch(await readFile(join(folder, file), 'utf8'), /base64/, 'the journal has no picture');
  });

  it('are attached to the next prompt with Edit This', async () => {
    const answer = view.getByRole('article').last();
    await answer.hover();
    await answer.getByRole('button', { name: 'Edit This' }).click();
    await view.getByRole('list', { name: 'Context' }).getByRole('listitem').first().waitFor();
    await screenshot(page, 'picture-edit');
  });

  it('are made as a task that goes on after a reload, without another request', async () => {
    await choose('flux-heron-later');
    const before = gateway.made.length;
    await ask('A heron');
    await view.getByRole('progressbar').first().waitFor();
    await screenshot(page, 'picture-task');
    await page.reload();
    await view.getByRole('progressbar').first().waitFor();
    await drawn(view.getByRole('article').last());
    assert.equal(gateway.made.length, before + 1);
  });

  it('go on after a reload in a chat that is not open, with their number in the status bar', async () => {
    const taskItem = page.getByRole('button', { name: 'Parley: 1 task running' });
    await choose('flux-heron-later');
    const before = gateway.made.length;
    gateway.isHeld = true;
    await ask('A heron at dawn');
    await taskItem.waitFor();
    await choose('flux-kingfisher');
    await page.reload();
    await view.getByRole('textbox', { name: 'Message' }).waitFor();
    await taskItem.waitFor();
    await screenshot(page, 'tasks');
    await taskItem.click();
    await chooseRow(page, 'flux-heron-later');
    await chooseRow(page, 'Open Chat');
    gateway.isHeld = false;
    await drawn(view.getByRole('article').last());
    await taskItem.waitFor({ state: 'hidden' });
    assert.equal(gateway.made.length, before + 1);
  });

  it('have the buttons of Midjourney, which start the next task below', async () => {
    await choose('mj_imagine');
    await ask('A wren');
    const upscale = view.getByRole('button', { name: 'Upscale 2' });
    await upscale.waitFor();
    await screenshot(page, 'midjourney');
    await upscale.click();
    await view.getByRole('article').nth(3).locator('img').waitFor();
    await drawn(view.getByRole('article').nth(3));
    assert.equal(gateway.made.filter((path) => path.startsWith('/mj/submit/')).length, 2);
  });

  it('are inserted into a file with a reference', async () => {
    await openFile(page, 'notes.md');
    await page.keyboard.press('Control+End');
    const answer = view.getByRole('article').last();
    await answer.hover();
    await answer.getByRole('button', { name: 'Insert into File' }).click();
    const input = page.locator('.quick-input-widget:visible input');
    await input.waitFor();
    await page.keyboard.press('Enter');
    await page
      .locator('.editor-instance .view-line')
      .filter({ hasText: /!\[.*\]\(.*\.png\)/ })
      .first()
      .waitFor();
    assert.ok((await readdir(workspace)).some((name) => name.endsWith('.png')));
  });

  it('are edited in the part that the user paints, as the mask says', async () => {
    await choose('gpt-image-wagtail');
    await ask('A wagtail');
    const answer = view.getByRole('article').last();
    await drawn(answer);
    await answer.getByRole('button', { name: 'Edit a Part' }).click();
    const overlay = view.getByRole('dialog', { name: 'Paint What Changes' });
    const stage = overlay.getByRole('application');
    await stage.and(view.locator(':focus')).waitFor();
    // The ring is placed when the picture has its size.
    const ring = overlay.locator('.mask-brush');
    await ring.waitFor();
    // In steps of half a brush, from the middle to the right.
    await stage.press('Space');
    for (let step = 0; step < 4; step += 1) await stage.press('ArrowRight');
    await stage.press('Space');
    await overlay.getByText('% is painted').waitFor();
    await screenshot(page, 'mask');
    await stage.press('Enter');
    await overlay.waitFor({ state: 'detached' });
    await view.getByRole('button', { name: /^Change the Mask of/ }).waitFor();
    await ask('With a hat');
    await drawn(view.getByRole('article').nth(3));
    const [form] = gateway.edits;
    assert.equal(form?.get('prompt'), 'With a hat');
    const mask = form.get('mask');
    assert.ok(mask instanceof File);
    assert.equal(mask.type, 'image/png');
    const pixels = readPng(new Uint8Array(await mask.arrayBuffer()));
    assert.deepEqual([pixels.width, pixels.height], [256, 256]);
    for (const [x, y, alpha] of [
      [128, 128, 0],
      [168, 128, 0],
      [128, 160, 255],
      [10, 10, 255],
      [250, 128, 255],
    ] as const)
      assert.equal(pixels.at(x, y)[3], alpha, `${x}, ${y}`);
  });

  it('may also be videos, which are played in the panel and saved', async () => {
    await choose('sora-swallow');
    await ask('A swallow');
    const player = view.getByRole('article').last().locator('video');
    await player.waitFor();
    const width = await player.evaluate(async (video: HTMLVideoElement) => {
      video.muted = true;
      await video.play();
      return video.videoWidth;
    });
    assert.equal(width, 160);
    await screenshot(page, 'video');
    await view.getByRole('article').last().getByRole('button', { name: 'Save' }).click();
    const input = page.locator('.quick-input-widget:visible input');
    await input.waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.endsWith('.webm') ===
        true,
    );
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'detached' });
    const isSaved = async (): Promise<boolean> => {
      const name = (await readdir(workspace)).find((one) => one.endsWith('.webm'));
      return name !== undefined && (await readFile(join(workspace, name))).equals(birdVideo);
    };
    while (!(await isSaved())) await page.waitForTimeout(50);
  });
});
