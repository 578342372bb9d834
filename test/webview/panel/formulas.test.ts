import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { screenshotFolder } from '../../support/screenshot';
import { AnswerPanel } from './answerPanel';
import type { PanelPage, PanelPageOptions } from './panelPage';
import { said } from './samples';
import { themeNames } from './themes';

const tex = String.raw;

/** What models write and must be drawn, with the text of the drawing without spaces. */
const drawn: readonly (readonly [source: string, text: string])[] = [
  [tex`\ce{2H2 + O2 -> 2H2O}`, '2H2+O2→2H2O'],
  [tex`\ce{CO2 + C <=> 2CO}`, 'CO2+C⇌2CO'],
  [tex`\ce{SO4^2- + Ba^2+ -> BaSO4 v}`, 'SO42−+Ba2+→BaSO4↓'],
  [tex`\pu{25 m/s}`, '25m/s'],
  [tex`E = mc^2 \label{eq:1} \tag{1}`, 'E=mc2(1)'],
  [tex`x \tag{*}`, 'x(*)'],
  [tex`\begin{multline} a + b \\ + c \end{multline}`, 'a+b+c'],
  [tex`\begin{equation} a = b \label{x} \end{equation}`, 'a=b'],
  [tex`\begin{align} a &= b \nonumber \\ c &= d \end{align}`, 'a=bc=d'],
  [tex`\begin{flalign*} a &= b \end{flalign*}`, 'a=b'],
  [tex`\begin{eqnarray} a &=& b \end{eqnarray}`, 'a=b'],
  [tex`\begin{array}{@{}l|r@{}} a & b \\ \hline c & d \end{array}`, 'abcd'],
  [tex`\begin{subequations} a = b \end{subequations}`, 'a=b'],
  [tex`A \xrightarrow{\text{加热到一百度}} B`, 'A→加热到一百度B'],
  [tex`A \xrightleftharpoons[\text{below}]{\text{above}} B`, 'A⇌belowaboveB'],
  [tex`\text{some_name} + \mathrm{d}x`, 'some_name+dx'],
  [tex`\mbox{if } x \in \mathbbm{R}`, 'ifx∈ℝ'],
  [tex`\SI{5}{kg} \hfill \vspace{1em} \ang{30}`, '5kg30∘'],
  [tex`\DeclareMathOperator{\foo}{foo} \foo x`, 'foox'],
  [tex`\newcommand{\R}{\mathbb{R}} \R^n`, 'ℝn'],
  [tex`\href{https://evil.example}{x} + \url{y}`, 'x+𝚢'],
  [tex`\bm{x} \boldsymbol{\alpha} \mathcal{L} \mathfrak{g}`, '𝒙𝜶ℒ𝔤'],
  [tex`\left\{ \begin{array}{l} x = 1 \\ y = 2 \end{array} \right.`, '{x=1y=2'],
];

describe('a formula in an answer', function () {
  this.timeout(60_000);
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  async function show(text: string, options: PanelPageOptions = {}): Promise<void> {
    ({ panel, answer } = await answers.show(text, options));
  }

  /** The boxes of the elements of the first formula that hold just this text. */
  async function boxesOf(tag: string, text: string): Promise<DOMRect[]> {
    return await answer
      .locator(`math ${tag}`)
      .evaluateAll(
        (elements, wanted) =>
          elements
            .filter((element) => element.childElementCount === 0 && element.textContent === wanted)
            .map((element) => element.getBoundingClientRect().toJSON() as DOMRect),
        text,
      );
  }

  it('is drawn, whatever package its commands come from', async () => {
    await show(drawn.map(([source]) => `$$\n${source}\n$$`).join('\n\n'), { height: 3_000 });
    await answer
      .locator('.markdown-math')
      .nth(drawn.length - 1)
      .waitFor();
    await answer
      .locator('math')
      .nth(drawn.length - 1)
      .waitFor();
    const texts = await answer.locator('math').evaluateAll((formulas) => formulas.map((f) => f.textContent));
    deepStrictEqual(
      texts.map((text) => text.replaceAll(/[\s\u2000-\u200f\u00a0\u2061-\u2064]/g, '')),
      drawn.map(([, text]) => text),
    );
    equal(await answer.locator('.markdown-math.wrong').count(), 0);
  });

  it('has its equal signs below each other, and the columns of cases begin at the left', async () => {
    await show('$$\n\\begin{aligned}\n(a+b)^2 &= a^2 + 2ab + b^2 \\\\\n&= c\n\\end{aligned}\n$$\n');
    await answer.locator('math').waitFor();
    const [first, second] = await boxesOf('mo', '=');
    ok(Math.abs((first?.left ?? 0) - (second?.left ?? 9_999)) < 1, JSON.stringify([first, second]));
    await show('$$\n|x| = \\begin{cases} x & x \\ge 0 \\\\ -x & \\text{其他情况下都取负} \\end{cases}\n$$\n');
    await answer.locator('math').waitFor();
    const edges = await answer.locator('math mtd').evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return [cell.getBoundingClientRect().left, range.getBoundingClientRect().left];
      }),
    );
    equal(edges.length, 4);
    const [first1, first2, second1, second2] = edges.map(([, content = 0]) => content);
    deepStrictEqual([first1, first2], [second1, second2]);
  });

  it('has the rules of its arrays, and strikes out what is struck out', async () => {
    await show(
      '$$\n\\left[\\begin{array}{cc|c} 1 & 2 & 3 \\\\ \\hline 4 & 5 & 6 \\end{array}\\right]\n$$\n\n$\\cancel{x}$ $\\bcancel{x}$ $\\xcancel{y}$ $\\sout{abc}$ $\\underline{abc}$ $\\overline{ABC}$\n',
    );
    await answer.locator('math').nth(6).waitFor();
    const borders = await answer
      .locator('math')
      .first()
      .locator('mtd')
      .evaluateAll((cells) =>
        cells.map((cell) => {
          const { borderBottomWidth, borderRightWidth } = getComputedStyle(cell);
          return `${borderBottomWidth === '0px' ? '' : 'below '}${borderRightWidth === '0px' ? '' : 'right'}`.trim();
        }),
      );
    deepStrictEqual(borders, ['below', 'below right', 'below', '', 'right', '']);
    const strikes = await answer.locator('math .tml-cancel').evaluateAll((lines) =>
      lines.map((line) => {
        const box = line.getBoundingClientRect();
        return (
          box.width > 4 && box.height > 4 && getComputedStyle(line).backgroundColor !== 'rgba(0, 0, 0, 0)'
        );
      }),
    );
    deepStrictEqual(strikes, [true, true, true, true]);
    const widths = await answer
      .locator('math .tml-underline, math .tml-overline')
      .evaluateAll((lines) =>
        lines.map((line) => [
          line.getBoundingClientRect().width,
          getComputedStyle(line).borderTopWidth,
          getComputedStyle(line).borderBottomWidth,
        ]),
      );
    equal(widths.length, 2);
    for (const [width] of widths) ok(Number(width) > 20, JSON.stringify(widths));
  });

  it('stretches an arrow under its whole label', async () => {
    await show('$A \\xrightarrow{\\text{heated to one hundred}} B$\n');
    await answer.locator('math').waitFor();
    const arrow = await answer.locator('math mover').first().boundingBox();
    const label = (await answer.locator('math mtext').boundingBox()) ?? undefined;
    const [after] = await boxesOf('mi', 'B');
    ok(
      (label?.width ?? 0) > 80 && (arrow?.width ?? 0) >= (label?.width ?? 0),
      JSON.stringify([arrow, label]),
    );
    ok((after?.left ?? 0) >= (label?.x ?? 9_999) + (label?.width ?? 0), JSON.stringify([label, after]));
  });

  it('has brackets as high as their content, where a font for mathematics is installed', async () => {
    await show('$$\\begin{pmatrix} 1 & 0 \\\\ 0 & 1000 \\end{pmatrix}$$\n');
    await answer.locator('math').waitFor();
    const heights = await answer.locator('math').evaluate((math) => {
      const best = math.cloneNode(true) as HTMLElement;
      best.style.fontFamily = "'DejaVu Math TeX Gyre', 'Latin Modern Math', 'STIX Two Math'";
      math.after(best);
      return [math, best].map((formula) => formula.querySelector('mo')?.getBoundingClientRect().height ?? 0);
    });
    ok(Math.abs((heights[0] ?? 0) - (heights[1] ?? 99)) < 2, JSON.stringify(heights));
  });

  it('stays source when it is too long, too deep, or defines what never ends, and hides no words', async () => {
    const sources = [
      `$$${'x+'.repeat(2_500)}$$`.slice(0, 2_990) + '}$$',
      tex`$$${'{\\frac{1}{'.repeat(150)}x${'}}'.repeat(150)}$$`,
      tex`$$\def\a{\a\a}\a$$`,
      `$$\\def\\a{${'x'.repeat(1_000)}}${'\\a '.repeat(300)}$$`,
      tex`$$x \phantom{these words are on the clipboard and not seen} y$$`,
      `$$\\ce{${'('.repeat(900)}}$$`,
      tex`$$\class{evil}{x}$$`,
      tex`$$\includegraphics{https://evil.example/a.png}$$`,
      tex`$$\frac{1}$$`,
      tex`$$\unknowncommand{x}$$`,
    ];
    await show(`${sources.join('\n\n')}\n\n$$x \\phantom{=} y$$\n\n$$\\a + 1$$\n`, { height: 3_000 });
    await answer.locator('math').first().waitFor();
    await answer.locator('.markdown-math.wrong').nth(5).waitFor();
    equal(await answer.locator('math').count(), 1);
  });

  it('lets no formula define anything for the next', async () => {
    await show('$$\\gdef\\q{1} \\q$$\n\n$$\\q$$\n\n$$x$$\n');
    await answer.locator('math').nth(1).waitFor();
    await answer.locator('.markdown-math.wrong').waitFor();
    equal(await answer.locator('math').count(), 2);
  });

  it('goes over several lines in a narrow panel, or scrolls by itself', async () => {
    const sum = Array.from({ length: 20 }, (_, index) => `a_{${String(index)}}`).join(' + ');
    await show(`So $${sum}$ it is.\n\n$$\n${sum}\n$$\n`, { width: 240 });
    await answer.locator('math').nth(1).waitFor();
    const [inline, display] = await answer
      .locator('.markdown-math')
      .evaluateAll((formulas) => formulas.map((formula) => [formula.clientHeight, formula.clientWidth]));
    ok((inline?.[0] ?? 0) > 40 && (inline?.[1] ?? 999) <= 240, JSON.stringify(inline));
    ok((display?.[1] ?? 999) <= 240, JSON.stringify(display));
    ok((await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth)) <= 0);
  });

  it('stays drawn while the words after it come', async () => {
    ({ panel, answer } = await answers.open());
    await answers.happen(said('a1', '$x$\n\n'));
    await answer.locator('math').waitFor();
    const counts: number[] = [];
    for (const piece of ['$$', '\n', 'x = 1', '\n', '$$', ' 其中', ' x 是数。', '\n\n', '后']) {
      await panel.happen(said('a1', piece));
      await panel.settle();
      counts.push(await answer.locator('math').count());
    }
    deepStrictEqual(counts, [1, 1, 1, 1, 2, 2, 2, 2, 2]);
  });

  for (const theme of themeNames) {
    it(`looks right in ${theme}`, async () => {
      await show(drawn.map(([source]) => `$$\n${source}\n$$`).join('\n\n'), { theme, height: 1_700 });
      await answer
        .locator('math')
        .nth(drawn.length - 1)
        .waitFor();
      await mkdir(screenshotFolder, { recursive: true });
      await panel.page.screenshot({ path: join(screenshotFolder, `formulas-${theme}.png`) });
    });
  }
});
