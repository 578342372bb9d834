/** The two buttons that go from version to version. */
export type VersionButton = 'previous' | 'next';

/**
 * Keeps the keyboard's place when a version is switched: the message with the pressed button goes
 * away, and the same button of its successor takes the focus.
 */
export class FocusAfterSwitch {
  private wanted: { readonly id: string; readonly button: VersionButton } | null = null;

  /** The button was pressed and the version `id` will come. */
  expect(id: string, button: VersionButton): void {
    this.wanted = { id, button };
  }

  /** Which button of the message `id` is to take the focus; asked once, when the message appears. */
  take(id: string): VersionButton | null {
    if (this.wanted?.id !== id) return null;
    const { button } = this.wanted;
    this.wanted = null;
    return button;
  }
}

/** Under which id the answers to the prompt `id` take the focus once they stand side by side. */
export function comparisonFocusId(id: string): string {
  return `comparison ${id}`;
}
