import { equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { AnswerPanel } from './answerPanel';
import type { PanelPage, PanelPageOptions } from './panelPage';
import { themeNames } from './themes';

/** What a model may set for a node, called `@` here. */
const fills: readonly string[] = [
  'style @ fill:#f9f,stroke:#333',
  'style @ fill:#333',
  'style @ fill:#bbf,stroke:#f66,stroke-width:2px,color:#fff,stroke-dasharray: 5 5',
  'style @ fill:yellow',
  'style @ fill:navy',
  'style @ fill:#ffcc00,color:#ffcc00',
  'style @ fill:#1e1e1e,color:black',
  'style @ fill:#f5f5f5,color:#eee',
  'classDef k fill:#000,color:#111\n  class @ k',
  'classDef l fill:#e1f5fe,stroke:#01579b\n  class @ l',
  'style @ fill:#d32f2f',
  'style @ fill:#4caf50,color:white',
  'style @ fill:#808080',
  'style @ fill:#fff',
  'style @ fill:#000',
  'style @ stroke:red,color:#777',
];

/** The relative luminance of WCAG 2, and what it adds for the light of the room. */
function brightness(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
}

describe('a diagram in an answer', function () {
  this.timeout(60_000);
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  async function show(text: string, options: PanelPageOptions = {}): Promise<void> {
    ({ panel, answer } = await answers.show(text, options));
  }

  function diagram(source: string): string {
    return `\`\`\`mermaid\n${source}\n\`\`\`\n`;
  }

  /** The contrast of each text with the last shape before it that it lies on, or with the background. */
  async function contrasts(): Promise<{ readonly text: string; readonly contrast: number }[]> {
    const painted = await answer.getByRole('img').evaluate((picture) => {
      const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const ground = getComputedStyle(document.body).getPropertyValue('--vscode-editor-background');
      const elements = [
        document.body,
        ...(picture.shadowRoot?.querySelectorAll('rect, circle, polygon, path, tspan, text') ?? []),
      ];
      return elements.map((element) => {
        const box = element.getBoundingClientRect();
        const fill = element === document.body ? ground : getComputedStyle(element).fill;
        if (context !== null) context.fillStyle = fill === 'none' ? '#000' : fill;
        context?.fillRect(0, 0, 1, 1);
        const isText = element instanceof SVGTextContentElement;
        return {
          isText: isText && element.querySelector('tspan') === null,
          isShape: !isText && fill !== 'none' && element.closest('marker, defs') === null && box.width > 0,
          text: element.textContent.trim(),
          box: { left: box.left, right: box.right, top: box.top, bottom: box.bottom },
          colour: [...(context?.getImageData(0, 0, 1, 1).data ?? [])],
          isGround: element === document.body,
        };
      });
    });
    const texts = painted.filter(({ isText, text }) => isText && text !== '');
    return texts.map((text) => {
      const [x, y] = [(text.box.left + text.box.right) / 2, (text.box.top + text.box.bottom) / 2];
      const behind = painted
        .slice(0, painted.indexOf(text))
        .findLast(
          ({ isShape, isGround, box }) =>
            isGround || (isShape && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom),
        );
      const [one, other] = [brightness(text.colour), brightness(behind?.colour ?? [])];
      return { text: text.text, contrast: Math.max(one, other) / Math.min(one, other) };
    });
  }

  for (const theme of themeNames) {
    it(`shows a mind map that can be read in ${theme}, with the label of the root inside its circle`, async () => {
      await show(diagram('mindmap\n  root((学习))\n    前端\n      JS\n    后端\n'), { theme });
      await answer.getByRole('img', { name: 'Diagram' }).waitFor();
      const texts = await contrasts();
      equal(texts.length, 4, JSON.stringify(texts));
      for (const { text, contrast } of texts) ok(contrast >= 4.5, `${text}: ${String(contrast)}`);
      const places = await answer.getByRole('img').evaluate((picture) => {
        const circle = picture.shadowRoot?.querySelector('circle');
        const text = circle?.parentElement?.querySelector('text');
        return [circle, text].map((element) => {
          const box = element?.getBoundingClientRect();
          return [box?.left ?? 0, box?.right ?? 0];
        });
      });
      const [[left = 0, right = 0] = [], [from = 0, to = 0] = []] = places;
      ok(left < from && to < right && from < to, JSON.stringify(places));
    });

    it(`shows labels that can be read on whatever fill they have, in ${theme}`, async () => {
      const nodes = fills.map((fill, index) => `  ${fill.replace('@', `A${String(index)}`)}`);
      const labels = fills.map((_, index) => `  A${String(index)}[页面${String(index)}] --> B`);
      await show(diagram(['flowchart TB', ...labels, ...nodes].join('\n')), { theme });
      await answer.getByRole('img', { name: 'Diagram' }).waitFor();
      const texts = await contrasts();
      equal(texts.length, fills.length + 1);
      for (const { text, contrast } of texts) ok(contrast >= 4.4, `${text} has ${String(contrast)}`);
    });
  }

  const others: Readonly<Record<string, string>> = {
    timeline: 'timeline\n  title History\n  2002 : LinkedIn\n  2004 : Facebook : Google',
    pie: 'pie title Pets\n  "Dogs" : 386\n  "Cats" : 85',
    journey: 'journey\n  title Day\n  section Work\n    Tea: 5: Me\n    Up: 3: Me, Cat',
    gitGraph:
      'gitGraph\n  commit id: "a"\n  branch develop\n  commit id: "b"\n  checkout main\n  merge develop',
    state: 'stateDiagram-v2\n  [*] --> Still\n  Still --> Moving : go\n  note right of Still : note',
    sequence: 'sequenceDiagram\n  A->>B: Hello\n  Note over A,B: note\n  loop each\n  B-->>A: Yes\n  end',
    class: 'classDiagram\n  class A {\n    +int x\n    f() string\n  }\n  A <|-- B : is',
    er: 'erDiagram\n  A ||--o{ B : has\n  A {\n    string x PK "note"\n  }',
    quadrant:
      'quadrantChart\n  x-axis Low --> High\n  y-axis Low --> High\n  quadrant-1 Expand\n  A: [0.3, 0.6]',
    block: 'block-beta\n  columns 2\n  a["One"] b["Two"]\n  style a fill:#ff0',
    kanban: 'kanban\n  todo[Todo]\n    a[Write]\n  done[Done]\n    b[Read]',
  };
  for (const theme of ['dark', 'light'] as const) {
    it(`shows each sort of diagram so that it can be read in ${theme}`, async () => {
      for (const [name, source] of Object.entries(others)) {
        await show(diagram(source), { theme });
        await answer.getByRole('img', { name: 'Diagram' }).waitFor();
        for (const { text, contrast } of await contrasts())
          ok(contrast >= 4.4, `${name}: ${text} has ${String(contrast)}`);
      }
    });
  }

  it('is drawn before it comes into sight, so that what is read stays where it is', async () => {
    const steps = Array.from({ length: 16 }, (_, index) => `S${String(index)} --> S${String(index + 1)}`);
    const words = Array.from({ length: 60 }, (_, index) => `Paragraph ${String(index)}`).join('\n\n');
    await show(`Begin\n\n${diagram(`flowchart TD\n${steps.join('\n')}`)}\nMARK\n\n${words}`);
    const mark = answer.getByText('MARK', { exact: true });
    await panel.page.mouse.move(200, 300);
    for (let turn = 0; turn < 60 && !(await isInSight(mark)); turn += 1) {
      await panel.page.mouse.wheel(0, -80);
      await panel.settle();
    }
    ok(await isInSight(mark));
    const before = await mark.boundingBox();
    await answer.getByRole('img', { name: 'Diagram' }).waitFor({ state: 'attached' });
    for (let frame = 0; frame < 20; frame += 1) await panel.settle();
    const after = await mark.boundingBox();
    ok(Math.abs((after?.y ?? 0) - (before?.y ?? 9_999)) < 2, JSON.stringify([before, after]));
  });

  async function isInSight(locator: Locator): Promise<boolean> {
    const box = await locator.boundingBox();
    return box !== null && box.y > 60 && box.y < 500;
  }

  it('is enlarged by a click and by the keyboard, and closed again', async () => {
    await show(diagram('flowchart LR\n  accTitle: Steps\n  A --> B'));
    await answer.getByRole('img', { name: 'Steps' }).click();
    const large = panel.page.getByRole('dialog', { name: 'Steps' });
    await large.waitFor();
    const size = await large
      .getByRole('img', { name: 'Steps' })
      .evaluate((image: HTMLImageElement) => (image.decode(), image.naturalWidth));
    ok(size > 50, String(size));
    await panel.page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
    const enlarge = answer.getByRole('button', { name: 'Enlarge Diagram' });
    // Closing gives the focus back, perhaps after the dialog is gone.
    await enlarge.evaluate(async (button) => {
      while (document.activeElement !== button) {
        button.focus();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    await panel.page.keyboard.press('Enter');
    await large.waitFor();
  });

  it('is offered when it is large, and told to be too large when it would hold up the panel', async () => {
    const many = (count: number): string =>
      Array.from({ length: count }, (_, index) => `A${String(index)} --> B`).join('\n');
    await show(
      `${diagram(`flowchart LR\n${many(80)}`)}\n${diagram(`packet-beta\n${'\n'.repeat(3_000)}x`)}\n${diagram(`flowchart LR\n${many(400)}`)}`,
    );
    equal(await answer.getByText('This diagram is too large to draw here.').count(), 2);
    equal(await answer.getByRole('img', { name: 'Diagram' }).count(), 0);
    await answer.getByRole('button', { name: 'Show Diagram' }).click();
    await answer.getByRole('img', { name: 'Diagram' }).waitFor();
  });

  it('says where its source is wrong', async () => {
    await show(diagram('flowchart TB\n  A --> \n  B['));
    match(
      await answer.locator('.markdown-diagram-problem').innerText(),
      /Couldn't draw this diagram.*\n*.*line 4/,
    );
    await answer.locator('pre', { hasText: 'A -->' }).first().waitFor();
  });

  it('keeps formulas in labels as TeX, because HTML is taken out of it', async () => {
    await show(diagram('sequenceDiagram\n  A->>B: so $$x^2$$ it is'));
    const picture = answer.getByRole('img', { name: 'Diagram' });
    await picture.waitFor();
    match(await picture.evaluate((host) => host.shadowRoot?.textContent ?? ''), /so \$x\^2\$ it is/);
  });
});
