import { isDeviceName } from '../paths/isDeviceName';

const longest = 80;

/** A file name without ending for a chat of this title, good on every platform; `fallback` when nothing is left of it. */
export function exportFileName(title: string, fallback: string): string {
  const plain = Array.from(
    title.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ').replaceAll(/\s+/gu, ' '),
  )
    .slice(0, longest)
    .join('')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '');
  if (plain === '') return fallback;
  return isDeviceName(plain) ? `_${plain}` : plain;
}
