/** Makes a button for the header of a code block: an icon with a name. */
export function createButton(icon: string, label: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'markdown-code-button';
  const glyph = document.createElement('span');
  glyph.setAttribute('aria-hidden', 'true');
  button.append(glyph);
  dressButton(button, icon, label);
  button.addEventListener('click', press);
  return button;
}

/** Changes the icon and the name of a button. */
export function dressButton(button: HTMLButtonElement, icon: string, label: string): void {
  button.setAttribute('aria-label', label);
  button.title = label;
  if (button.firstElementChild !== null) button.firstElementChild.className = `codicon ${icon}`;
}
