import type { Page } from 'playwright-core';

/** What VS Code's notifications said, and the links that they made of it. */
export interface Notices {
  readonly texts: readonly string[];
  readonly links: readonly string[];
}

/** Notes every notification of a window from now on. */
export async function watchNotices(page: Page): Promise<() => Promise<Notices>> {
  const notices = await page.evaluateHandle(() => {
    const seen = { texts: [] as string[], links: [] as string[] };
    new MutationObserver(() => {
      for (const message of document.querySelectorAll('.notification-list-item-message')) {
        const text = message.textContent;
        if (!seen.texts.includes(text)) seen.texts.push(text);
        for (const link of message.querySelectorAll('a')) seen.links.push(link.outerHTML);
      }
    }).observe(document.body, { subtree: true, childList: true });
    return seen;
  });
  return async () => await notices.jsonValue();
}
