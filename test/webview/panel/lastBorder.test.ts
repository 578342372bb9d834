import { equal, ok } from 'node:assert/strict';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

const code = '```ts\nexport const a = 1;\nconst b = 2;\n```';

function prose(paragraphs: number): string {
  return Array.from(
    { length: paragraphs },
    (_, i) =>
      `Paragraph ${i} with some words that wrap around when the panel is narrow, and more of them to make it long enough.`,
  ).join('\n\n');
}

describe('The edges of an answer', function () {
  this.timeout(60_000);
  const panels = new TestPanels();
  let panel: PanelPage;

  async function show(...events: ConversationEvent[]): Promise<void> {
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), ...events));
  }

  /** Whether the last code block's lower border is seen, by the colours of the screen's pixels. */
  async function isLowerBorderSeen(): Promise<boolean> {
    const block = panel.page.locator('.markdown-code').last();
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    ok(box);
    const [left, top, bottom] = [box.x, box.y + box.height / 2, box.y + box.height].map(Math.round);
    ok(left !== undefined && top !== undefined && bottom !== undefined);
    const center = Math.round(box.x + box.width / 2);
    const points = [
      // In the block, on its left border, and where the lower one may be.
      [center, bottom - 5],
      [left, top],
      ...[-2, -1, 0].map((shift) => [center, bottom + shift]),
    ];
    const picture = (await panel.page.screenshot()).toString('base64');
    const [inside, border, ...edge] = await panel.page.evaluate(
      async ({ source, places }) => {
        const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes]));
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        return places.map(([x, y]) => String(context?.getImageData(x ?? 0, y ?? 0, 1, 1).data));
      },
      { source: picture, places: points },
    );
    ok(border !== undefined && border !== inside, 'The left border is seen.');
    return edge.includes(border);
  }

  const ends: Record<string, string> = {
    'as the first block of a section': `${prose(8)}\n\n${code}`,
    'after another block of code': `${prose(8)}\n\n${code}\n\n${code}`,
    'in a list': `${prose(3)}\n\n- one\n\n  ${code.replaceAll('\n', '\n  ')}`,
    'in a quotation': `${prose(2)}\n\n> one\n>\n> ${code.replaceAll('\n', '\n> ')}`,
    alone: code,
  };
  for (const [title, text] of Object.entries(ends)) {
    it(`show the border of a code block at the end, ${title}`, async () => {
      panel = await panels.open({ width: 420, height: 900 });
      await show(begun('a1', 'q1'), said('a1', text), ended('a1'));
      await panel.page.locator('.markdown-code').last().waitFor();
      // Wherever between two pixels it ends.
      for (let shift = 0; shift < 1; shift += 0.125) {
        await panel.page.locator('.answer .markdown').evaluate((answer: HTMLElement, pixels) => {
          answer.style.paddingBlockStart = `${pixels}px`;
        }, shift);
        ok(await isLowerBorderSeen(), `${shift} px further down`);
      }
    });
  }

  it('are those of its text in a compared column, also after the panel was widened', async () => {
    panel = await panels.open({ width: 300, height: 700 });
    await show(
      begun('a1', 'q1', 'Ada'),
      begun('a2', 'q1', 'Bob'),
      { kind: 'comparison-started', id: 'q1', answers: ['a1', 'a2'], at: 0 },
      said('a1', prose(200)),
      ended('a1'),
      said('a2', prose(6)),
      ended('a2'),
    );
    const column = panel.article('Ada');
    const heightAt = async (): Promise<number> => (await column.boundingBox())?.height ?? 0;
    /** So that each part has been drawn, and its height is remembered. */
    const lookAtAll = async (): Promise<void> => {
      for (const place of [0, 0.25, 0.5, 0.75, 1, 0]) {
        await panel.page.locator('.transcript').evaluate(
          (transcript, share) =>
            new Promise<void>((resolve) => {
              transcript.scrollTop = transcript.scrollHeight * share;
              requestAnimationFrame(() => {
                requestAnimationFrame(() => {
                  resolve();
                });
              });
            }),
          place,
        );
      }
    };
    await lookAtAll();
    const narrow = await heightAt();
    await panel.page.setViewportSize({ width: 900, height: 700 });
    const wide = await heightAt();
    await lookAtAll();
    equal(wide, await heightAt());
    ok(wide < narrow * 0.8, `${wide} is not much less than ${narrow}`);
  });
});
