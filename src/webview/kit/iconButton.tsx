import type { JSX, Ref } from 'preact';
import type { IconName } from './icon';
import { Icon } from './icon';

interface IconButtonProps {
  readonly icon: IconName;
  /** The name of the button. */
  readonly label: string;
  /** The tooltip, if it says more than the name. */
  readonly hint?: string;
  readonly class?: string;
  /** Disabled, but focusable. */
  readonly off?: boolean;
  /** For a toggle: true if it is on. */
  readonly pressed?: boolean;
  /** Id of the element that describes the button. */
  readonly describedBy?: string;
  /** For a button that opens something: true if it is open. */
  readonly expanded?: boolean;
  /** For a row of buttons in which Tab stops at one. */
  readonly tabIndex?: number;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly onPress: (event: MouseEvent) => void;
}

/** A small square button with an icon, as in VS Code's toolbars. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const off = props.off === true;
  return (
    <button
      type="button"
      ref={props.buttonRef ?? null}
      class={`icon-button ${props.class ?? ''}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      tabIndex={props.tabIndex}
      aria-describedby={props.describedBy}
      aria-disabled={off ? 'true' : undefined}
      title={props.hint ?? props.label}
      onClick={(event) => {
        if (!off) props.onPress(event);
      }}
    >
      <Icon name={props.icon} />
    </button>
  );
}
