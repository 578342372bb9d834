import type { JSX } from 'preact';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { brushSizes, type MaskSession } from './maskSession';

/** The tools of the brush, and what changes the whole mask. */
export function MaskTools({ session }: { readonly session: MaskSession }): JSX.Element {
  const { language, t } = usePanel();
  const erases = session.erases.value;
  const size = session.size.value;
  const sizeText = new Intl.NumberFormat(language, { style: 'percent' }).format(size / 100);
  const isEmpty = session.share.value === 0;
  return (
    <div class="mask-tools" role="toolbar" aria-label={t('Tools')}>
      <IconButton
        icon="paintcan"
        label={t('Paint')}
        hint={t('Paint (E)')}
        pressed={!erases}
        onPress={() => {
          session.erases.value = false;
        }}
      />
      <IconButton
        icon="eraser"
        label={t('Erase')}
        hint={t('Erase (E)')}
        pressed={erases}
        onPress={() => {
          session.erases.value = true;
        }}
      />
      <input
        type="range"
        class="mask-size"
        aria-label={t('Brush Size')}
        aria-valuetext={sizeText}
        title={t('Brush Size ([ and ])')}
        min={brushSizes.least}
        max={brushSizes.most}
        step={0.5}
        value={size}
        onInput={(event) => {
          session.size.value = event.currentTarget.valueAsNumber;
        }}
      />
      <IconButton
        icon="discard"
        label={t('Undo')}
        off={!session.canUndo.value}
        onPress={() => {
          session.undo();
        }}
      />
      <IconButton
        icon="color-mode"
        label={t('Invert')}
        hint={t('Paint the rest instead')}
        onPress={() => {
          session.invert();
        }}
      />
      <IconButton
        icon="clear-all"
        label={t('Clear')}
        hint={t('Erase everything')}
        off={isEmpty}
        onPress={() => {
          session.clear();
        }}
      />
    </div>
  );
}
