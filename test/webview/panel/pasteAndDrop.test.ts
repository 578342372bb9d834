import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { type PanelPage, readyState } from './panelPage';
import { asked, begun, conversationOf, ended } from './samples';
import { TestPanels } from './testPanels';

/** What is on the clipboard, or dragged. */
interface Brought {
  readonly data?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly text: string }[];
  /** Pictures that the browser draws: half red, half transparent or blue. */
  readonly pictures?: readonly DrawnPicture[];
}

interface DrawnPicture {
  readonly name: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly transparent: boolean;
}

/** As text, because the loader of these tests rewrites functions in a way that the page does not know. */
const bringer = `
  window.bring = async (type, brought, shiftKey, selector) => {
    const transfer = new DataTransfer();
    for (const [kind, value] of Object.entries(brought.data ?? {})) transfer.setData(kind, value);
    for (const { name, type, text } of brought.files ?? []) transfer.items.add(new File([text], name, { type }));
    for (const { name, type, width, height, transparent } of brought.pictures ?? []) {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      context.fillStyle = 'red';
      context.fillRect(0, 0, width / 2, height);
      context.fillStyle = 'blue';
      if (!transparent) context.fillRect(width / 2, 0, width / 2, height);
      transfer.items.add(new File([await canvas.convertToBlob({ type })], name, { type }));
    }
    const shared = { bubbles: true, cancelable: true };
    const event = type === 'paste'
      ? new ClipboardEvent(type, { ...shared, clipboardData: transfer })
      : new DragEvent(type, { ...shared, dataTransfer: transfer, shiftKey });
    document.querySelector(selector).dispatchEvent(event);
    return event.defaultPrevented;
  };
  window.measure = async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const alpha = context.getImageData(image.width - 1, 0, 1, 1).data[3];
    return { width: image.width, height: image.height, alpha };
  };`;

describe('composer intake', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
    await panel.show(conversationOf('c1'));
    await panel.page.evaluate(bringer);
    await panel.composer.focus();
  });

  /** True when the panel took it, and the browser does nothing more. */
  const bring = async (
    type: 'paste' | 'drop' | 'dragover' | 'dragleave',
    brought: Brought,
    { shift = true, selector = '#composer-input' } = {},
  ): Promise<boolean> => {
    const call = `bring(${JSON.stringify(type)}, ${JSON.stringify(brought)}, ${String(shift)}, ${JSON.stringify(selector)})`;
    const taken = await panel.page.evaluate<boolean>(call);
    await panel.settle();
    return taken;
  };
  const measure = async (url: string): Promise<unknown> =>
    await panel.page.evaluate(`measure(${JSON.stringify(url)})`);
  const drawn = (change: Partial<DrawnPicture> = {}): DrawnPicture => ({
    name: 'image.png',
    type: 'image/png',
    width: 40,
    height: 20,
    transparent: false,
    ...change,
  });

  describe('pictures', () => {
    it('attaches a small pasted picture unchanged', async () => {
      ok(await bring('paste', { pictures: [drawn({ transparent: true })] }));
      const { name, url } = await panel.intent('attach-picture');
      equal(name, 'Pasted picture');
      match(url, /^data:image\/png;base64,/u);
      deepStrictEqual(await measure(url), { width: 40, height: 20, alpha: 0 });
    });

    for (const data of [
      { 'text/plain': '\n', 'text/html': '<p><img></p>' },
      { 'text/plain': ' \r\n\t' },
      { 'text/plain': '\u00a0\u3000' },
      { 'text/plain': '\ufffc' },
      { 'text/plain': '\ufeff\u200b\u2060' },
      { 'text/html': '<meta charset="utf-8"><img src="https://example.com/a.png" alt="A chart">' },
      { 'text/plain': 'https://example.com/a.png', 'text/html': '<img src="https://example.com/a.png"/>' },
      {
        'text/plain': '[图片]',
        'text/html': '<html><body><div><IMG src="file:///x.png"></div></body></html>',
      },
      { 'text/plain': 'image.png', 'text/html': '<p>image.png</p>' },
      { 'text/plain': '', 'text/html': '' },
      { 'text/plain': '\n', 'text/html': '<style>p{}</style><p>&nbsp;<img>&nbsp;</p>' },
    ]) {
      it(`are attached when no words come with them: ${JSON.stringify(data)}`, async () => {
        ok(await bring('paste', { data, pictures: [drawn()] }));
        equal((await panel.intent('attach-picture')).name, 'Pasted picture');
      });
    }

    for (const data of [
      { 'text/plain': '一段文字', 'text/html': '<p>一段文字</p>' },
      { 'text/plain': 'a\tb\n1\t2', 'text/html': '<table><tr><td>a</td></tr></table>' },
      { 'text/plain': 'x', 'text/html': '<p>x<img></p>' },
      { 'text/plain': '。' },
      { 'text/plain': '0' },
      { 'text/plain': '🙂' },
      { 'text/plain': 'Figure 1', 'text/html': '<figure><img><figcaption>Figure 1</figcaption></figure>' },
    ]) {
      it(`leave the words that they came with to be inserted: ${JSON.stringify(data)}`, async () => {
        equal(await bring('paste', { data, pictures: [drawn()] }), false);
        deepStrictEqual(await panel.intents('attach-picture'), []);
      });
    }

    it('scales a large picture down and keeps its transparency', async () => {
      await bring('drop', {
        pictures: [drawn({ name: 'wide.png', width: 4_096, height: 100, transparent: true })],
      });
      const { name, url } = await panel.intent('attach-picture');
      equal(name, 'wide.png');
      deepStrictEqual(await measure(url), { width: 2_048, height: 50, alpha: 0 });
    });

    it('keeps a photograph a photograph', async () => {
      await bring('drop', {
        pictures: [drawn({ name: 'a.jpg', type: 'image/jpeg', width: 100, height: 3_000 })],
      });
      const { url } = await panel.intent('attach-picture');
      match(url, /^data:image\/jpeg;base64,/u);
      deepStrictEqual(await measure(url), { width: 68, height: 2_048, alpha: 255 });
    });

    it('names a file that is not a picture', async () => {
      await bring('drop', { files: [{ name: 'broken.png', type: 'image/png', text: 'no picture' }] });
      await panel.page.getByText("Couldn't read broken.png").waitFor();
      deepStrictEqual(await panel.intents('attach-picture'), []);
      await panel.button('Dismiss').click();
      equal(await panel.page.getByText("Couldn't read").count(), 0);
      ok(await panel.composer.evaluate((input) => input === document.activeElement));
    });

    it('pastes text that has a picture beside it as text', async () => {
      const data = { 'text/plain': 'cells', 'text/html': '<b>cells</b>' };
      ok(!(await bring('paste', { data, pictures: [drawn()] })));
      deepStrictEqual(await panel.intents('attach-picture'), []);
    });
  });

  describe('files', () => {
    const fromExplorer = {
      data: { 'application/vnd.code.uri-list': 'file:///w/a.ts\r\nfile:///w/src', 'text/plain': '/w/a.ts' },
    };

    it('attaches files that are dropped anywhere in the panel', async () => {
      for (const selector of ['#composer-input', '.header'])
        ok(await bring('drop', fromExplorer, { selector }));
      deepStrictEqual(await panel.intents('attach-dropped'), [
        { uris: ['file:///w/a.ts', 'file:///w/src'] },
        { uris: ['file:///w/a.ts', 'file:///w/src'] },
      ]);
    });

    it('tells where to drop and to hold Shift', async () => {
      ok(await bring('dragover', fromExplorer, { shift: false }));
      ok(await panel.page.getByText('Drop to attach').isVisible());
      ok(await panel.page.getByText('Hold Shift').isVisible());
      await bring('dragover', fromExplorer, { shift: true });
      equal(await panel.page.getByText('Hold Shift').count(), 0);
      await bring('dragleave', fromExplorer);
      equal(await panel.page.getByText('Drop to attach').count(), 0);
      await bring('dragover', fromExplorer);
      await bring('drop', fromExplorer);
      equal(await panel.page.getByText('Drop to attach').count(), 0);
    });

    it('attaches the text of a file without an address, and names other data that it refuses', async () => {
      await bring('drop', {
        files: [
          { name: 'notes.md', type: 'text/markdown', text: '# Notes' },
          { name: 'program', type: '', text: 'a\0b' },
        ],
      });
      await panel.page.getByText("Couldn't read program").waitFor();
      deepStrictEqual(await panel.intents('attach-text'), [{ text: 'notes.md\n\n# Notes' }]);
    });

    it('inserts dropped text at the cursor', async () => {
      await panel.composer.fill('one three');
      for (const key of new Array<string>(5).fill('ArrowLeft')) await panel.composer.press(key);
      const text = { data: { 'text/plain': 'two ' } };
      ok(!(await bring('dragover', text)), 'in the input the browser does it');
      await bring('drop', text, { selector: '.composer-footer' });
      equal(await panel.composer.inputValue(), 'one two three');
      const link = { 'text/uri-list': 'https://example.org/', 'text/plain': ' https://example.org/' };
      await panel.composer.press('Control+End');
      await bring('drop', { data: link });
      equal(await panel.composer.inputValue(), 'one two three https://example.org/');
      deepStrictEqual(await panel.intents('attach-dropped'), []);
    });
  });

  describe('in the editor of a prompt', () => {
    const selector = '.prompt-editor textarea';

    beforeEach(async () => {
      await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), ended('a1')), {
        ...readyState,
        edits: [{ id: 'q1', attachments: [] }],
      });
      await panel.page.locator(selector).waitFor();
      await panel.settle();
    });

    it('attaches to that prompt what is pasted there', async () => {
      ok(await bring('paste', { pictures: [drawn()] }, { selector }));
      equal((await panel.intent('attach-picture')).edit, 'q1');
      ok(await bring('paste', { data: { 'text/plain': 'x'.repeat(10_001) } }, { selector }));
      equal((await panel.intent('attach-text')).edit, 'q1');
      equal(await panel.page.getByText('Pasted text was attached').count(), 1);
    });

    it('attaches to that prompt what is dropped there, and to the next prompt what is dropped elsewhere', async () => {
      const file = { data: { 'application/vnd.code.uri-list': 'file:///w/a.ts' } };
      ok(await bring('dragover', file, { selector }));
      equal(await panel.page.getByText('Drop to attach').count(), 1);
      ok(await bring('dragover', file));
      equal(await panel.page.getByText('Drop to attach').count(), 1);
      ok(await bring('drop', file, { selector }));
      ok(await bring('drop', file, { selector: '.header' }));
      deepStrictEqual(await panel.intents('attach-dropped'), [
        { uris: ['file:///w/a.ts'], edit: 'q1' },
        { uris: ['file:///w/a.ts'] },
      ]);
      equal(await panel.page.getByText('Drop to attach').count(), 0);
    });
  });

  describe('long text', () => {
    const long = 'x'.repeat(10_001);
    const chip = {
      kind: 'text' as const,
      icon: 'note' as const,
      id: 't',
      label: 'Pasted text',
      description: '',
      tokens: 1_250,
    };

    it('becomes an attachment above 10,000 characters', async () => {
      ok(!(await bring('paste', { data: { 'text/plain': long.slice(1) } })));
      ok(await bring('paste', { data: { 'text/plain': long } }));
      deepStrictEqual(await panel.intents('attach-text'), [{ text: long }]);
      equal(await panel.composer.inputValue(), '');
      ok(await panel.page.getByText('Pasted text was attached').isVisible());
    });

    for (const order of ['after', 'before'] as const) {
      it(`can be inserted instead, ${order} its chip has appeared`, async () => {
        const earlier = { ...chip, id: 'earlier' };
        await panel.send('state', { ...readyState, attachments: [earlier] });
        await panel.composer.fill('See: ');
        await bring('paste', { data: { 'text/plain': long } });
        const come = { ...readyState, attachments: [earlier, chip] };
        if (order === 'after') await panel.send('state', come);
        await panel.button('Insert Instead').click();
        if (order === 'before') await panel.send('state', come);
        await panel.intent('remove-attachment');
        deepStrictEqual(await panel.intents('remove-attachment'), [{ id: 't' }]);
        equal(await panel.composer.inputValue(), `See: ${long}`);
        equal(await panel.button('Insert Instead').count(), 0);
        ok(await panel.composer.evaluate((input) => input === document.activeElement));
      });
    }

    it('is no longer offered for insertion after sending', async () => {
      await bring('paste', { data: { 'text/plain': long } });
      await panel.composer.fill('Sum this up');
      await panel.composer.press('Enter');
      equal(await panel.button('Insert Instead').count(), 0);
    });
  });
});
