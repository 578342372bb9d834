/**
 * Measures what a conversation of 1,000 messages costs: to open, to scroll, to resize, to search, and to stream
 * below; and a library of 10,000 conversations; each beside React. Sends its figures to the parent process.
 * Arguments: the top of the checkout.
 */
import { startBrowser } from '../browser/benchTab';
import { bundlePages, bundlePanel } from '../browser/bundlePages';
import type { PageFiles } from '../browser/bundlePages';
import { contestantPrograms } from '../browser/contestantTab';
import { longConversation } from './longConversation';
import { measureLibrary } from './measureLibrary';
import { measureReading } from './measureReading';
import { measureStreamingBelow } from './measureStreamingBelow';

const messageCount = 1_000;
const few = 12;

const programs = ['historyPage', 'findPage', 'libraryPage', 'reactHistory', 'reactLibrary'];

async function main(folder: string): Promise<void> {
  const paths = programs.map((name) => [name, `test/bench/history/${name}.ts`] as const);
  const files: PageFiles = new Map([
    ...(await bundlePages(folder, { ...contestantPrograms, ...Object.fromEntries(paths) })),
    ...(await bundlePanel(folder)),
  ]);
  const browser = await startBrowser();
  try {
    process.send?.([
      ...(await measureReading(browser, files, longConversation(messageCount), longConversation(few))),
      ...(await measureStreamingBelow(browser, files, longConversation(messageCount))),
      ...(await measureLibrary(browser, files)),
    ]);
  } finally {
    await browser.close();
  }
}

void main(process.argv[2] ?? '.');
