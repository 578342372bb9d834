import { relativeTime } from '../transcript/relativeTime';
import { MarkdownView } from '../markdown/markdownView';
import type { Translate } from '../../shared/kit/translate';

/**
 * A small text with everything that most answers contain. It has no code language, because that would load the
 * highlighter.
 */
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
 * Draws a small text outside the page in idle time. Code that runs for the first time takes several times as long as
 * later, the browser's tables for dates and numbers alone 20 ms. The first opened chat does not have to wait for that.
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
