import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { usePanel } from '../state/panelParts';

interface NameFieldProps {
  readonly label: string;
  /** The name before the change. */
  readonly name: string;
  /** True if another preset has the name. */
  readonly isTaken: (name: string) => boolean;
  /** Called with the trimmed name, or with null if the user cancels. */
  readonly onEnd: (name: string | null) => void;
}

/** The input for the name of a preset. Enter takes the name, Escape cancels. */
export function NameField({ label, name, isTaken, onEnd }: NameFieldProps): JSX.Element {
  const { t } = usePanel();
  const input = useRef<HTMLInputElement>(null);
  const value = useSignal(name);
  const problemId = useId();
  const typed = value.value.trim();
  const hasProblem = isTaken(typed);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const take = (): void => {
    if (typed !== '' && !hasProblem) onEnd(typed);
  };
  return (
    <div
      class="preset-naming"
      onKeyDown={(event) => {
        if (isComposing(event) || event.key !== 'Escape') return;
        // Escape only ends naming; the form stays open.
        event.stopPropagation();
        onEnd(null);
      }}
    >
      <div class="preset-naming-line">
        <input
          ref={input}
          class="text-field"
          dir="auto"
          aria-label={label}
          placeholder={label}
          maxLength={100}
          value={value}
          aria-invalid={hasProblem}
          aria-describedby={hasProblem ? problemId : undefined}
          onInput={(event) => {
            value.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (isComposing(event) || event.key !== 'Enter') return;
            // Enter must not also press the button that gets the focus.
            event.preventDefault();
            take();
          }}
        />
        <IconButton icon="check" label={t('Save')} off={typed === '' || hasProblem} onPress={take} />
        <IconButton
          icon="close"
          label={t('Cancel')}
          onPress={() => {
            onEnd(null);
          }}
        />
      </div>
      {hasProblem && (
        <div class="parameter-problem" id={problemId} role="alert">
          {t('Another preset has this name.')}
        </div>
      )}
    </div>
  );
}
