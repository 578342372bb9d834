import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';

/** How long the check mark replaces the icon, in milliseconds. */
const tickFor = 1500;

/** Copies a message as Markdown and displays that it did. */
export function CopyButton({ textOf }: { readonly textOf: () => string }): JSX.Element {
  const { post, t } = usePanel();
  const copied = useSignal(false);
  const isCopied = copied.value;
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => {
      copied.value = false;
    }, tickFor);
    return () => {
      clearTimeout(timer);
    };
  }, [isCopied]);
  return (
    <IconButton
      icon={isCopied ? 'check' : 'copy'}
      label={t('Copy')}
      hint={isCopied ? t('Copied') : t('Copy as Markdown')}
      onPress={() => {
        post('copy', { text: textOf() });
        copied.value = true;
      }}
    />
  );
}
