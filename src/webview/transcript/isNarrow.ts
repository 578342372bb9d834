import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

const query = matchMedia('(width < 700px)');
const matches = signal(query.matches);
query.addEventListener('change', () => {
  matches.value = query.matches;
});

/** True while the panel is too narrow for answers side by side. */
export const isNarrow: ReadonlySignal<boolean> = matches;
