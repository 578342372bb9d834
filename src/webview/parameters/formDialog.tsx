import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { addStyles } from '../kit/addStyles';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { usePanel } from '../state/panelParts';
import styles from './parameterForm.css' with { type: 'text' };

addStyles(styles);

interface FormDialogProps {
  /** The id of the heading. */
  readonly titleId: string;
  readonly title: string;
  /** The selector of the button that opens the form and also closes it. */
  readonly opener: string;
  /** `left`: the user went on elsewhere in the panel. */
  readonly onClose: (end: 'closed' | 'left') => void;
  readonly children: ComponentChildren;
}

/** A form above the composer. It closes by its button, by Escape, and when the user goes on elsewhere in the panel. */
export function FormDialog({ titleId, title, opener, onClose, children }: FormDialogProps): JSX.Element {
  const { t } = usePanel();
  const form = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const first =
      form.current?.querySelector<HTMLElement>('input:checked') ??
      form.current?.querySelector<HTMLElement>('input, select');
    first?.focus();
  }, []);
  useCloseElsewhere(form, opener, () => {
    onClose('left');
  });
  return (
    <div
      ref={form}
      class="parameter-form"
      role="dialog"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        // Escape only closes the form; a streaming answer continues.
        event.stopPropagation();
        event.preventDefault();
        onClose('closed');
      }}
    >
      <div class="parameter-form-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton
          icon="close"
          label={t('Close')}
          onPress={() => {
            onClose('closed');
          }}
        />
      </div>
      {children}
    </div>
  );
}

/** Calls back when the user clicks or moves the focus to another place in the panel. */
function useCloseElsewhere(
  form: { readonly current: HTMLElement | null },
  opener: string,
  close: () => void,
): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onElsewhere = ({ target }: Event): void => {
      const element = form.current;
      if (!(target instanceof Element) || element === null || element.contains(target)) return;
      // The button that opens the form also closes it.
      if (target.closest(opener) === null) latest.current();
    };
    const abort = new AbortController();
    for (const type of ['pointerdown', 'focusin'])
      document.addEventListener(type, onElsewhere, { signal: abort.signal });
    return () => {
      abort.abort();
    };
  }, []);
}
