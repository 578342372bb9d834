import { relativeTime } from '../transcript/relativeTime';
import { MarkdownView } from '../markdown/markdownView';
import type { Translate } from '../../shared/kit/translate';

/** Of everything that most answers are made of, a little. No code of a language: that would load the highlighter. */
const sample = `# One

Words, **strong** and *stressed*, \`code\`, a [link](https://example.com) and https://example.com.

- first
- second
  1. within

> said

| a | b |
| - | - |
| 1 | 2 |

\`\`\`
code
\`\`\`

---
`;

const nothing = (): undefined => undefined;

/**
 * Draws a small text into nowhere once the page has nothing to do. What runs for the first time costs several times as much
 * as later, the browser's tables for times and numbers alone 20 ms: the first chat that is opened need not wait for that.
 */
export function warmUpWhenIdle(language: string, t: Translate): void {
  requestIdleCallback(() => {
    relativeTime(0, 0, language);
    const view = new MarkdownView({
      t,
      copyCode: nothing,
      insertCode: nothing,
      newFile: nothing,
      runInTerminal: nothing,
      openLink: nothing,
    });
    for (const line of sample.split(/(?<=\n)/)) view.append(line);
    view.end();
  });
}
