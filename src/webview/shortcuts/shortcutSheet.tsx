import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Translate } from '../../shared/kit/translate';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { isMac } from '../kit/isMac';
import { addStyles } from '../kit/addStyles';
import styles from './shortcuts.css' with { type: 'text' };

addStyles(styles);

interface ShortcutSheetProps {
  /** Called when the sheet was closed and the focus is back. */
  readonly onClose: () => void;
}

interface ShortcutGroup {
  readonly name: string;
  /** The action, and its keys: one chord after another, each of keys that are held together. */
  readonly shortcuts: readonly (readonly [string, readonly string[]])[];
}

/** A dialog with all keys of the panel. */
export function ShortcutSheet({ onClose }: ShortcutSheetProps): JSX.Element {
  const { t } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      aria-labelledby="shortcuts-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
      onKeyDown={(event) => {
        // Escape closes the sheet; a streaming answer continues.
        event.stopPropagation();
      }}
    >
      <div class="shortcuts-top">
        <h2 id="shortcuts-title">{t('Keyboard Shortcuts')}</h2>
        <IconButton
          icon="close"
          label={t('Close')}
          hint={t('Close (Escape)')}
          onPress={() => dialog.current?.close()}
        />
      </div>
      {/* Scrolls at small heights, and so the keyboard must get to it. */}
      <div class="shortcuts-body" tabIndex={0} role="group" aria-labelledby="shortcuts-title">
        {shortcutGroups(t).map(({ name, shortcuts }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {shortcuts.map(([action, chords]) => (
                <div key={action} class="shortcut">
                  <dt>{action}</dt>
                  <dd>
                    {chords.map((chord) => (
                      <Chord key={chord} chord={chord} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

function Chord({ chord }: { readonly chord: string }): JSX.Element {
  return (
    <span class="chord" dir="ltr">
      {chord.split('+').map((key) => (
        <kbd key={key}>{keyName(key)}</kbd>
      ))}
    </span>
  );
}

const macNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Delete: '⌦',
};

const arrows: Readonly<Record<string, string>> = { Up: '↑', Down: '↓' };

function keyName(key: string): string {
  return (isMac ? macNames[key] : key === 'Mod' ? 'Ctrl' : undefined) ?? arrows[key] ?? key;
}

function shortcutGroups(t: Translate): readonly ShortcutGroup[] {
  return [
    {
      name: t('Message'),
      shortcuts: [
        [t('Send'), ['Enter']],
        [t('Line Break'), ['Shift+Enter']],
        [t('Stop and Send'), ['Mod+Enter']],
        [t('Stop'), ['Escape']],
        [t('Earlier Prompts'), ['Up', 'Down']],
        [t('Files, Folders, and Symbols'), ['@']],
        [t('Context'), ['#']],
        [t('Prompts'), ['/']],
      ],
    },
    {
      name: t('Conversation'),
      shortcuts: [
        [t('Previous Prompt'), ['Alt+Up']],
        [t('Next Prompt'), ['Alt+Down']],
        [t('Previous Code Block'), ['Alt+Shift+Up']],
        [t('Next Code Block'), ['Alt+Shift+Down']],
        [t('Move Between Messages'), ['PageUp', 'PageDown']],
        [t('Find in Chat'), ['Mod+F']],
        [t('Next Match'), ['Enter']],
        [t('Previous Match'), ['Shift+Enter']],
        [t('Keyboard Shortcuts'), ['?']],
      ],
    },
    {
      name: t('History'),
      shortcuts: [
        [t('Move Between Chats'), ['Up', 'Down', 'Home', 'End']],
        [t('Open'), ['Enter']],
        [t('Rename'), ['F2']],
        [t('Delete'), ['Delete']],
        [t('Close'), ['Escape']],
      ],
    },
    {
      name: t('Anywhere in VS Code'),
      shortcuts: [
        [t('Open Chat'), ['Mod+K', 'Mod+G']],
        [t('Explain Selection'), ['Mod+K', 'Mod+Y']],
      ],
    },
  ];
}
