import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { screenshot } from '../support/screenshot';
import { runCommand } from '../support/workbench';
import { withParley } from '../support/withParley';

describe('#codebase', () => {
  const parley = withParley({
    async files(workspace) {
      await mkdir(join(workspace, 'lib'), { recursive: true });
      const filler = Array.from({ length: 70 }, (_, at) => `export const filler${at} = ${at};`).join('\n');
      await writeFile(
        join(workspace, 'lib', 'parser.ts'),
        `${filler}\n\n/** Reads a table of prices. */\nexport function readPriceTable(text: string): string[] {\n  return text.split(';');\n}\n`,
      );
      await writeFile(
        join(workspace, 'lib', 'weather.ts'),
        '// Mixed line ends.\r\nexport const rainy = false;\nexport const sunny = true;\r\n',
      );
      await writeFile(join(workspace, 'hidden.ts'), 'export const readPriceTable = "HIDDEN";\n');
      await writeFile(join(workspace, '.gitignore'), 'hidden.ts\n');
      await writeFile(join(workspace, '.env'), 'PRICE_TABLE=SECRET\n');
    },
  });

  async function chooseCodebase(question: string): Promise<void> {
    await parley.composer.pressSequentially(`${question} #codebase`);
    await parley.view.getByRole('option', { name: 'Codebase' }).waitFor();
    await parley.page.keyboard.press('Enter');
  }

  it('asks before it sends code, and attaches the lines that match the prompt', async () => {
    const question = parley.page.getByRole('dialog', { name: /Send the code of this workspace to Loopback/ });
    const lists = parley.gateway.listed;
    await chooseCodebase('Where is the price table read?');
    const offer = parley.page.getByRole('dialog', { name: /with an embedding model/ });
    await offer.getByText(/Parley then reads the lists of models of your gateways/).waitFor();
    assert.equal(parley.gateway.listed, lists);
    await screenshot(parley.page, 'codebase-offer');
    await offer.getByRole('button', { name: 'Choose Embedding Model…' }).click();
    await question
      .getByText(/The model text-embedding-3-small of Loopback gets the text of \d files/)
      .waitFor();
    await screenshot(parley.page, 'codebase-question');
    assert.equal(parley.gateway.embedded.length, 0);
    await question.getByRole('button', { name: 'Send and Build Index' }).click();
    await parley.chips.getByText('parser.ts').first().waitFor();
    await screenshot(parley.page, 'codebase-chips');
    const sent = JSON.stringify(parley.gateway.embedded);
    assert.match(sent, /readPriceTable/);
    assert.doesNotMatch(sent, /HIDDEN|SECRET/);
    await parley.chips
      .getByRole('button', { name: /^parser\.ts/ })
      .first()
      .click();
    await parley.page.getByRole('tab', { name: /parser\.ts/ }).waitFor();
    await parley.sendAndWait();
    assert.match(parley.lastAsked, /Where is the price table read\?/);
    assert.match(parley.lastAsked, /function readPriceTable/);
  });

  it('sends only the question once the index is built', async () => {
    const before = parley.gateway.embedded.length;
    await chooseCodebase('Is it sunny?');
    // VS Code gives the lines of such a file the same ends.
    await parley.chips.getByText('weather.ts').first().waitFor();
    assert.deepEqual(
      parley.gateway.embedded.slice(before).map(({ input }) => input),
      [['Is it sunny?']],
    );
  });

  it('asks again after the permission was taken back, and can then search without embeddings', async () => {
    await runCommand(parley.page, 'Parley: Stop Sending Code for #codebase');
    await parley.page.getByText('The next #codebase asks again.').first().waitFor();
    await runCommand(parley.page, 'Parley: Delete Codebase Index');
    await parley.page.getByText('The codebase index of this workspace was deleted.').first().waitFor();
    const before = parley.gateway.embedded.length;
    await parley.composer.click();
    await chooseCodebase('readPriceTable');
    const question = parley.page.getByRole('dialog', { name: /Send the code of this workspace/ });
    await question.getByRole('button', { name: 'Search Without Embeddings' }).click();
    await parley.chips.getByText('parser.ts').first().waitFor();
    assert.equal(parley.gateway.embedded.length, before);
  });
});
