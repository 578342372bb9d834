import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../support/countingReporter';
import { outputPrefix } from '../support/outputPrefix';

/**
 * Runs every bundled test in this folder inside the extension host. Both VS Code in the browser (code-server) and on the desktop
 * (@vscode/test-electron) call it.
 *
 * @throws an error with the number of failed tests.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  // VS Code writes to the same console, so each line gets a prefix. VS Code does not replace %s, so the text is formatted here.
  Mocha.reporters.Base.consoleLog = (...parameters: unknown[]) => {
    for (const line of format(...parameters).split('\n')) console.log(outputPrefix + line);
  };
  const mocha = new Mocha({
    color: process.env['PARLEY_TEST_COLOR'] === '1',
    forbidOnly: true,
    forbidPending: true,
    reporter: CountingReporter,
    // Another suite runs at the same time, and starts of programs then take long.
    timeout: 60_000,
  });
  // Runs only the tests whose titles contain this text.
  const chosen = process.env['PARLEY_TEST_GREP'];
  if (chosen !== undefined) mocha.fgrep(chosen);
  const files = (await readdir(__dirname, { recursive: true })).filter((file) => file.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed`));
    });
  });
}
