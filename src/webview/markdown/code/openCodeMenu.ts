/**
 * Opens a menu below a button, for buttons that do not fit beside it. An item presses its button. The browser closes
 * the menu on Escape and on a click elsewhere, and returns the focus.
 */
export function openCodeMenu(opener: HTMLButtonElement, buttons: readonly HTMLButtonElement[]): void {
  const menu = document.createElement('div');
  menu.className = 'markdown-code-menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', opener.getAttribute('aria-label') ?? '');
  const items = buttons.map((button) => createItem(button, menu));
  menu.append(...items);
  menu.addEventListener('keydown', (event) => {
    moveFocus(event, items, menu);
  });
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'closed') return;
    if (menu.contains(document.activeElement)) opener.focus();
    menu.remove();
    opener.setAttribute('aria-expanded', 'false');
  });
  opener.after(menu);
  opener.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  placeBelow(menu, opener);
  items[0]?.focus();
}

function createItem(button: HTMLButtonElement, menu: HTMLElement): HTMLButtonElement {
  const item = document.createElement('button');
  item.type = 'button';
  item.tabIndex = -1;
  const pressed = button.getAttribute('aria-pressed');
  item.setAttribute('role', pressed === null ? 'menuitem' : 'menuitemcheckbox');
  if (pressed !== null) item.setAttribute('aria-checked', pressed);
  const glyph = button.firstElementChild?.cloneNode();
  if (glyph !== undefined) item.append(glyph);
  item.append(button.getAttribute('aria-label') ?? '');
  item.addEventListener('click', () => {
    menu.hidePopover();
    button.click();
  });
  return item;
}

function moveFocus(event: KeyboardEvent, items: readonly HTMLButtonElement[], menu: HTMLElement): void {
  const current = items.findIndex((item) => item === document.activeElement);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    Home: 0,
    End: -1,
  };
  const next = steps[event.key];
  if (event.key === 'Tab') menu.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

/** Below the opener, aligned with its end; above it if there is no room. */
function placeBelow(menu: HTMLElement, opener: HTMLElement): void {
  const anchor = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(opener).direction === 'rtl';
  const left = isRightToLeft ? anchor.left : anchor.right - width;
  const below = anchor.bottom + 2;
  const top = below + height > innerHeight ? anchor.top - 2 - height : below;
  menu.style.left = `${String(Math.max(4, Math.min(left, innerWidth - width - 4)))}px`;
  menu.style.top = `${String(Math.max(4, top))}px`;
}
