/** The two buttons that switch versions. */
export type VersionButton = 'previous' | 'next';

/**
 * Keeps the focus when a version is switched: the message with the pressed button disappears, and the same button of
 * the new message gets the focus.
 */
export class FocusAfterSwitch {
  private wanted: { readonly id: string; readonly button: VersionButton } | null = null;

  /** To be called when the button was pressed and the version `id` will appear. */
  expect(id: string, button: VersionButton): void {
    this.wanted = { id, button };
  }

  /** The button of the message `id` that gets the focus. Asked once, when the message appears. */
  take(id: string): VersionButton | null {
    if (this.wanted?.id !== id) return null;
    const { button } = this.wanted;
    this.wanted = null;
    return button;
  }
}

/** The focus id of the answers to the prompt `id` when they are displayed side by side. */
export function comparisonFocusId(id: string): string {
  return `comparison ${id}`;
}
