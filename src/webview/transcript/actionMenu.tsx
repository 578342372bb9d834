import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { IconName } from '../kit/icon';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

/** An entry of the menu. */
export interface MenuAction {
  readonly icon: IconName;
  readonly label: string;
  /** True while it is disabled. It stays in the menu, so that positions do not change. */
  readonly off: boolean;
  readonly run: () => void;
}

interface ActionMenuProps {
  readonly actions: readonly MenuAction[];
}

/** The button "More Actions" and its menu. The menu is in the top layer, because messages clip their content. */
export function ActionMenu({ actions }: ActionMenuProps): JSX.Element {
  const { t } = usePanel();
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const close = (): void => {
    menu.current?.hidePopover();
    opener.current?.focus({ preventScroll: true });
  };
  const show = (): void => {
    if (menu.current === null || opener.current === null) return;
    menu.current.showPopover();
    place(menu.current, opener.current);
    itemsOf(menu.current)[0]?.focus({ preventScroll: true });
  };
  return (
    <>
      <button
        type="button"
        ref={opener}
        class="icon-button"
        aria-label={t('More Actions')}
        title={t('More Actions')}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={show}
      >
        <Icon name="ellipsis" />
      </button>
      <div
        id={id}
        ref={menu}
        class="action-menu"
        role="menu"
        aria-label={t('More Actions')}
        popover="auto"
        onToggle={(event) => {
          open.value = event.newState === 'open';
        }}
        onKeyDown={(event) => {
          onMenuKey(event, close);
        }}
      >
        {actions.map(({ icon, label, off, run }) => (
          <button
            key={label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={off ? 'true' : undefined}
            onClick={() => {
              if (off) return;
              close();
              run();
            }}
          >
            <Icon name={icon} />
            <span>{label}</span>
          </button>
        ))}
      </div>
    </>
  );
}

function onMenuKey(event: KeyboardEvent, close: () => void): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const items = itemsOf(currentTarget);
  const index = items.findIndex((item) => item === document.activeElement);
  const next = nextIndex(event.key, index, items.length);
  if (next !== undefined) {
    event.preventDefault();
    items[next]?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    // Escape only closes the menu; a streaming answer continues.
    event.stopPropagation();
    event.preventDefault();
    close();
  }
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Below the button, or above it if there is no room; always inside the panel. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  const from = opener.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = menu;
  const left = Math.max(4, Math.min(from.left, innerWidth - offsetWidth - 4));
  const below = from.bottom + 2;
  const top = below + offsetHeight <= innerHeight ? below : Math.max(4, from.top - offsetHeight - 2);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
