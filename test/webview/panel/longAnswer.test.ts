import { equal, ok } from 'node:assert/strict';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

const note = 'The rest of this text is too long to show here. Use Copy or Export to get all of it.';
const lines = 'Some **words** of an answer that go on for a while, as they do.\n\n'.repeat(30_000);

describe('an answer that is too long to draw', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  /** How many characters of answers the page shows, about. */
  async function shownLength(): Promise<number> {
    return await panel.feed.evaluate((feed) => feed.textContent.length);
  }

  it('is shown up to a limit, says so, and is copied whole', async () => {
    await panel.show(
      conversationOf('c1', asked('q', 'Write'), begun('a', 'q'), said('a', lines), ended('a')),
    );
    await panel.page.getByText(note).waitFor({ state: 'attached' });
    ok(lines.length > 1_900_000);
    ok((await shownLength()) < 1_000_000);
    await panel.page.getByRole('button', { name: 'Copy', exact: true }).last().click();
    equal((await panel.intent('copy')).text, lines);
  });

  it('says so once, when it has grown that long, and draws no more', async () => {
    await panel.show(
      conversationOf('c1', asked('q', 'Write'), begun('a', 'q'), said('a', lines.slice(0, 990_000))),
    );
    equal(await panel.page.getByText(note).count(), 0);
    for (let piece = 0; piece < 3; piece += 1) await panel.happen(said('a', lines.slice(0, 60_000)));
    await panel.page.getByText(note).waitFor({ state: 'attached' });
    const length = await shownLength();
    await panel.happen(said('a', 'More.\n\n'), ended('a'));
    equal(await panel.page.getByText(note).count(), 1);
    ok((await shownLength()) < length + 500);
  });
});
