import type { JSX } from 'preact';

/** The product's mark, a P in the form of a speech bubble; the same drawing as `media/parley.svg`. */
export function Mark(): JSX.Element {
  return (
    <svg class="welcome-mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path
        d="M4.5 21V9.5a6 6 0 0 1 6-6h3a6 6 0 0 1 6 6 6 6 0 0 1-6 6h-3.2z"
        stroke-width="1.6"
        stroke-linejoin="round"
      />
      <path d="M8.7 9.5h.01M12 9.5h.01M15.3 9.5h.01" stroke-width="2.2" stroke-linecap="round" />
    </svg>
  );
}
