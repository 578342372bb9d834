/**
 * `npm run panel`: shows the panel in a window of Chromium, without VS Code, until the window is closed.
 *
 * Arguments: `--theme dark` (light, dark, hc-light, hc-dark), `--state "rich answers"` (a name in panelStates.ts), `--list` prints
 * the names.
 */
import { parseArgs } from 'node:util';
import { Problem, tellProblems } from '../../../scripts/problem.mjs';
import { launchBrowser } from '../../support/launchBrowser';
import { PanelPage } from './panelPage';
import { panelStates } from './panelStates';
import { themeNames } from './themes';

void tellProblems(async () => {
  const { values } = parseArgs({
    options: {
      theme: { type: 'string', default: 'dark' },
      state: { type: 'string', default: 'rich answers' },
      list: { type: 'boolean', default: false },
    },
  });
  if (values.list) {
    console.log(Object.keys(panelStates).join('\n'));
    return;
  }
  const theme = themeNames.find((name) => name === values.theme);
  if (theme === undefined)
    throw new Problem(`There is no theme "${values.theme}"; there are: ${themeNames.join(', ')}.`);
  const reach = panelStates[values.state];
  if (reach === undefined)
    throw new Problem(`There is no state "${values.state}"; --list prints the names of all states.`);

  // The variable makes the browser's window visible, and the bundle readable.
  process.env['PARLEY_HEADED'] ??= '1';
  const browser = await launchBrowser();
  const panel = await PanelPage.open(browser, { theme });
  await reach(panel);
  console.log('Close the window of the browser to end.');
  await panel.page.waitForEvent('close', { timeout: 0 });
  await browser.close();
});
