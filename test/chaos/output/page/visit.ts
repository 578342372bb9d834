import { frame, until } from './pauses';

/** How long a part may take to open, in milliseconds. */
const patience = 10_000;

/**
 * Opens what a chat shows only when it is asked for, and closes it again: probabilities, an enlarged picture, the history.
 *
 * @param look Called while each of them is open.
 * @throws {Error} One did not open.
 */
export async function visit(look: () => void): Promise<void> {
  await visitProbabilities(look);
  await visitPicture(look);
  await visitHistory(look);
}

async function visitProbabilities(look: () => void): Promise<void> {
  const buttons = (): HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>('.answer [aria-label="Probabilities"]'),
  ];
  if (buttons().length === 0) return;
  for (const button of buttons()) button.click();
  await opened('.token-list .token');
  look();
  for (const button of buttons()) button.click();
  await frame();
}

async function visitPicture(look: () => void): Promise<void> {
  const button = document.querySelector('.media-picture')?.closest('button');
  if (button === null || button === undefined) return;
  button.click();
  await opened('.lightbox[open] img');
  look();
  document.querySelector<HTMLDialogElement>('.lightbox')?.close();
  await frame();
}

async function visitHistory(look: () => void): Promise<void> {
  window.postMessage({ type: 'show', body: { part: 'history' } });
  await opened('.history-title');
  look();
  document.querySelector<HTMLElement>('[aria-label="Close History"]')?.click();
  await until(() => document.querySelector('.history') === null, patience);
}

async function opened(selector: string): Promise<void> {
  if (!(await until(() => document.querySelector(selector) !== null, patience)))
    throw new Error(`Did not open: ${selector}`);
  await frame();
}
