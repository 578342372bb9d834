import type { Bootstrap } from '../state/bootstrap';

/** Makes the panel use the font of VS Code's own chat. The family "default" is the font of the workbench. */
export function applyChatFont(chatFont: Bootstrap['chatFont']): void {
  if (chatFont === undefined) return;
  const { style } = document.documentElement;
  style.setProperty('--parley-chat-font-size', `${chatFont.size}px`);
  if (chatFont.family !== 'default') style.setProperty('--parley-chat-font-family', chatFont.family);
}
