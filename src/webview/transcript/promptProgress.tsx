import type { JSX } from 'preact';
import { usePanel } from '../state/panelParts';

/** Displays how much of the prompt a local server has read. `share` is between 0 and 1. */
export function PromptProgress({ share }: { readonly share: number }): JSX.Element {
  const { language, t } = usePanel();
  const words = (value: number): string =>
    t('Reading the prompt, {0}', new Intl.NumberFormat(language, { style: 'percent' }).format(value));
  return (
    <p class="note">
      <span
        role="progressbar"
        aria-label={t('Reading the prompt')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        {words(share)}
      </span>
      {/* A screen reader hears each quarter: every step would be a constant stream of numbers. */}
      <span role="status" class="visually-hidden">
        {words(Math.floor(share * 4) / 4)}
      </span>
    </p>
  );
}
