import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { richAnswer } from '../../support/richAnswer';
import { screenshotFolder } from '../../support/screenshot';
import type { PanelPageOptions } from './panelPage';
import { PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { themeNames } from './themes';

describe('rich Markdown in an answer', function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;
  let answer: Locator;
  let reports: string[];

  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
  });
  afterEach(async () => {
    deepStrictEqual(await panel.intents('view-failed'), [], 'nothing broke in the view');
    deepStrictEqual(reports, [], 'nothing was against the policy');
    await panel.close();
  });

  async function show(text: string, options: PanelPageOptions = {}): Promise<void> {
    panel = await PanelPage.open(browser, options);
    reports = [];
    panel.page.on('console', (message) => {
      if (/Content Security Policy|Refused|violates/i.test(message.text()))
        reports.push(
          `${message.text().slice(0, 300)} ${message.location().url}:${message.location().lineNumber}:${message.location().columnNumber}`,
        );
    });
    answer = panel.article('GPT-5 mini');
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', text), ended('a1')),
    );
  }

  for (const theme of themeNames) {
    it(`looks right in ${theme}, and obeys the policy`, async () => {
      await show(richAnswer, { theme, height: 1900, width: 420 });
      await answer.getByRole('img', { name: 'Diagram' }).waitFor();
      await answer.locator('math').first().waitFor();
      await answer.getByText("Couldn't draw this diagram.").waitFor();
      await mkdir(screenshotFolder, { recursive: true });
      await panel.page.screenshot({ path: join(screenshotFolder, `rich-markdown-${theme}.png`) });
      const box = await answer.getByRole('img', { name: 'Diagram' }).locator('svg').boundingBox();
      ok(box !== null && box.width > 200 && box.height > 30, JSON.stringify(box));
    });
  }

  it('fits a panel of 240 pixels: what is used less is in a menu', async () => {
    await show(richAnswer, { width: 240, height: 2400 });
    await answer.getByRole('img', { name: 'Diagram' }).waitFor();
    const shell = answer.getByRole('group', { name: 'Bash' });
    await shell.getByRole('button', { name: 'Run in Terminal' }).press('Enter');
    deepStrictEqual(await panel.intents('run-in-terminal'), [{ text: 'npm test' }]);
    await shell.getByRole('button', { name: 'More' }).press('Enter');
    const menu = panel.page.getByRole('menu', { name: 'More' });
    await menu.waitFor();
    await panel.page.screenshot({ path: join(screenshotFolder, 'rich-markdown-narrow.png') });
    deepStrictEqual(await menu.locator('button').allInnerTexts(), ['New File', 'Wrap Lines']);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    equal(await shell.locator('button[aria-pressed]').getAttribute('aria-pressed'), 'true');
    await menu.waitFor({ state: 'detached' });
    await shell.getByRole('button', { name: 'More' }).press('Enter');
    await menu.waitFor();
    await panel.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    equal(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'More');
    const overflow = await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth);
    ok(overflow <= 0, `the panel scrolls sideways by ${overflow}`);
  });

  it('passes a code block to its action with its info string and the words before it', async () => {
    await show(
      'Old words.\n\n```\nfirst\n```\n\nNow change `src/a.ts`:\n\n- so:\n\n```ts title="src/a.ts"\nlet a;\n```\n',
    );
    const block = answer.getByRole('group', { name: 'TypeScript' });
    await block.getByText('TypeScript · src/a.ts').waitFor();
    for (const name of ['Insert at Cursor', 'Apply', 'New File']) {
      await block.getByRole('button', { name, exact: true }).click();
    }
    const body = {
      id: 'a1',
      text: 'let a;',
      info: 'ts title="src/a.ts"',
      before: 'Now change src/a.ts:\nso:',
    };
    deepStrictEqual(await panel.intents('insert-code'), [{ text: 'let a;' }]);
    deepStrictEqual(await panel.intents('apply-code'), [body]);
    deepStrictEqual(await panel.intents('new-file'), [body]);
  });

  it('wraps long lines on demand', async () => {
    await show(`\`\`\`\n${'word '.repeat(60)}\n\`\`\`\n`);
    const block = answer.getByRole('group', { name: 'Code' });
    const wrap = block.getByRole('button', { name: 'Wrap Lines' });
    const hidden = (): Promise<number> =>
      block.locator('pre').evaluate((pre) => pre.scrollWidth - pre.clientWidth);
    ok((await hidden()) > 0);
    await wrap.click();
    equal(await wrap.getAttribute('aria-pressed'), 'true');
    equal(await hidden(), 0);
  });

  it('moves the focus between text and footnotes', async () => {
    await show('One[^b], two[^a] and again[^b], never[^c].\n\n[^a]: First *note*\n[^b]: Second');
    const notes = answer.getByRole('region', { name: 'Footnotes' }).getByRole('listitem');
    match((await notes.allInnerTexts()).join('|'), /^Second ↩.* ↩.*\|First note ↩/);
    equal(
      await answer
        .locator('.footnote-reference')
        .allInnerTexts()
        .then((texts) => texts.join()),
      '1,2,1',
    );
    await answer.getByText('never[^c].').waitFor();
    await answer.locator('.footnote-reference a').nth(1).press('Enter');
    equal(
      await panel.page.evaluate(() => document.activeElement?.textContent.startsWith('First note')),
      true,
    );
    await notes.first().locator('a').nth(1).press('Enter');
    const focused = await answer
      .locator('.footnote-reference a')
      .evaluateAll((links) => links.findIndex((link) => link === document.activeElement));
    equal(focused, 2);
    deepStrictEqual(await panel.intents('open-link'), []);
  });

  it('draws formulas, copies their source, and leaves prices and code alone', async () => {
    await show('Let $x^2$ be, at $5 and $6, in `$y$`.\n\n\\[ \\mathbb{R} \\]\n\n\\(\\frac{\\)\n');
    await answer.locator('math').nth(1).waitFor();
    equal(await answer.locator('math').count(), 2);
    match((await answer.locator('math').nth(1).textContent()) ?? '', /ℝ/);
    await answer.getByText('\\(\\frac{\\)').waitFor();
    await answer
      .locator('p')
      .first()
      .evaluate((paragraph) => getSelection()?.selectAllChildren(paragraph));
    await panel.leaveComposer();
    await panel.page.keyboard.press('Control+C');
    await panel.composer.focus();
    await panel.page.keyboard.press('Control+V');
    const copied = await panel.composer.inputValue();
    equal(copied.trim(), 'Let $x^2$ be, at $5 and $6, in $y$.');
  });

  it('reads the names of characters, and only those', async () => {
    await show('a &amp; b &copy; &NotEqualTilde; &notit; &nosuch; &semi; &amp');
    await answer.getByText('a & b © ≂̸ &notit; &nosuch; ; &amp').waitFor();
  });

  it('shows a diagram or its source', async () => {
    await show('```mermaid\nsequenceDiagram\n  accTitle: Greeting\n  A->>B: Hello\n```\n');
    const block = answer.getByRole('group', { name: 'Mermaid' });
    await block.getByRole('img', { name: 'Greeting' }).waitFor();
    equal(await block.locator('pre').isVisible(), false);
    await block.getByRole('button', { name: 'Show Source' }).press('Enter');
    equal(await block.locator('pre').isVisible(), true);
    await block.getByRole('button', { name: 'Show Diagram' }).press('Enter');
    await block.getByRole('img', { name: 'Greeting' }).waitFor();
    await block.getByRole('button', { name: 'Copy Code' }).click();
    match((await panel.intents('copy'))[0]?.text ?? '', /^sequenceDiagram/);
  });

  it('lets nothing of a hostile diagram or formula act or fetch', async () => {
    const requests: string[] = [];
    await show('');
    panel.page.on('request', (request) => requests.push(request.url()));
    const hostile = [
      '```mermaid\n%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "*{background:url(https://evil.test/a)}"}}%%',
      'flowchart LR\n  A["<img src=https://evil.test/b onerror=window.hacked=1>"] --> B',
      '  click A href "https://evil.test/c"\n  click B call alert()\n  style B fill:url(https://evil.test/d)\n```\n',
      '\n$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://evil.test/e}$ $\\htmlStyle{color:red}{y}$\n',
    ].join('\n');
    await panel.show(
      conversationOf('c2', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', hostile), ended('a1')),
    );
    await answer.locator('[role=img], .markdown-diagram-problem').first().waitFor();
    await panel.page.waitForTimeout(300);
    const left = await answer.evaluate((element) => {
      const roots = [element, ...[...element.querySelectorAll('[role=img]')].map((host) => host.shadowRoot)];
      return roots.flatMap((root) =>
        [...(root?.querySelectorAll('a[href], image, img, script, style, foreignObject, iframe') ?? [])].map(
          ({ outerHTML }) => outerHTML,
        ),
      );
    });
    deepStrictEqual(left, []);
    deepStrictEqual(
      requests.filter((url) => url.includes('evil')),
      [],
    );
    equal(await panel.page.evaluate(() => 'hacked' in window), false);
  });

  it('hands no diagram a picture to fetch, a style to apply or markup to run', async () => {
    const requests: string[] = [];
    await show('');
    panel.page.on('request', (request) => requests.push(request.url()));
    const diagrams = [
      'flowchart TB\n  A@{ img: "https://evil.test/a", label: "x" }\n  B@{ img: "relative.png" }',
      'flowchart LR\n  A["<img src=x onerror=alert()>"] -->|"<p style=\'color:red\' onclick>"| B',
      'flowchart LR\n  A --> B\n  style A filter:url(https://evil.test/b),background:u\\72l(relative.svg)',
      'sequenceDiagram\n  A->>B: <img src=https://evil.test/c onerror=alert()> $$x^2$$',
      'eventmodeling\n  tf 01 cmd Add `<img src=https://evil.test/d onerror=alert()>`\n  tf 02 evt Start',
      'C4Context\n  Person(a, "x", "y", "https://evil.test/e")\n  UpdateElementStyle(a, $bgColor="url(https://evil.test/f)")',
      'architecture-beta\n  group g(cloud)[x]\n  service a(database)["y"] in g\n  service b("relative.png")[z]',
    ];
    const text = diagrams.map((source) => `\`\`\`mermaid\n${source}\n\`\`\`\n`).join('\n');
    await panel.show(
      conversationOf('c2', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', text), ended('a1')),
    );
    for (const block of await answer.getByRole('group', { name: 'Mermaid' }).all()) {
      await block.scrollIntoViewIfNeeded();
      await block.locator('[role=img], .markdown-diagram-problem').first().waitFor();
    }
    deepStrictEqual(
      requests.filter((url) => !/\/webview-[\w-]+\.js$/.test(url)),
      [],
    );
  });

  it('goes on drawing after diagrams that would never end', async () => {
    const endless = ['packet-beta\n  0-99999999: "x"', 'block-beta\n  space:99999999\n  a'];
    const text = [...endless, 'flowchart LR\n  accTitle: Last\n  A --> B']
      .map((source) => `\`\`\`mermaid\n${source}\n\`\`\`\n`)
      .join('\n');
    await show(text);
    await answer.getByRole('img', { name: 'Last' }).waitFor();
    equal(await answer.getByText('This diagram is too large to draw here.').count(), endless.length);
  });
});
