import { isDeviceName } from '../paths/readWorkspacePath';

/** Longest file name, in code points. */
const longestName = 80;

/** A file name without extension for a chat title, valid on every platform; `fallback` when no character of the title is valid. */
export function exportFileName(title: string, fallback: string): string {
  const plain = Array.from(
    title.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ').replaceAll(/\s+/gu, ' '),
  )
    .slice(0, longestName)
    .join('')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '');
  if (plain === '') return fallback;
  return isDeviceName(plain) ? `_${plain}` : plain;
}
