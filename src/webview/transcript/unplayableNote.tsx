import type { JSX } from 'preact';
import type { Media } from '../../shared/answer/media';
import { usePanel } from '../state/panelParts';

/** Replaces a file whose format the panel cannot decode. The Save button beside it still works. */
export function UnplayableNote({ kind }: { readonly kind: Media['kind'] }): JSX.Element {
  const { t } = usePanel();
  return (
    <p class="media-note" role="status">
      {kind === 'image'
        ? t("VS Code can't show this picture. Save it to open it in another program.")
        : t("VS Code can't play the format of this file. Save it to open it in another program.")}
    </p>
  );
}
