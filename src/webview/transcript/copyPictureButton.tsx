import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';

/** How long the result replaces the icon, in milliseconds. */
const shownFor = 1500;

/** Puts a picture on the clipboard and shows that it did. */
export function CopyPictureButton({ url }: { readonly url: string }): JSX.Element {
  const { reportFailure, t } = usePanel();
  const result = useSignal<'copied' | 'failed' | null>(null);
  const current = result.value;
  useEffect(() => {
    if (current === null) return;
    const timer = setTimeout(() => {
      result.value = null;
    }, shownFor);
    return () => {
      clearTimeout(timer);
    };
  }, [current]);
  const hints = { copied: t('Copied'), failed: t("Couldn't copy the picture") };
  return (
    <>
      <IconButton
        icon={current === null ? 'copy' : current === 'copied' ? 'check' : 'error'}
        label={t('Copy')}
        hint={current === null ? t('Copy the picture') : hints[current]}
        onPress={() => {
          copyPicture(url).then(
            () => {
              result.value = 'copied';
            },
            (error: unknown) => {
              result.value = 'failed';
              reportFailure(error);
            },
          );
        }}
      />
      <span role="status" class="visually-hidden">
        {current === null ? '' : hints[current]}
      </span>
    </>
  );
}

/** A clipboard takes pictures only as PNG. */
async function copyPicture(url: string): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(url) })]);
}

async function pngOf(url: string): Promise<Blob> {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The picture cannot be drawn.');
  context.drawImage(picture, 0, 0);
  return await canvas.convertToBlob({ type: 'image/png' });
}
