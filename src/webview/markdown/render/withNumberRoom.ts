/**
 * The classes of a numbered list, with one that makes room for numbers of more than two digits.
 *
 * @param names Its current classes; `loose` comes last.
 * @param start The `start` attribute; undefined for 1.
 * @param count The number of its items.
 */
export function withNumberRoom(names: string, start: string | undefined, count: number): string {
  const digits = String(Number(start ?? 1) + Math.max(0, count - 1)).length;
  const others = names.split(' ').filter((name) => name !== '' && !name.startsWith('digits-'));
  if (digits > 2) others.splice(others.at(-1) === 'loose' ? -1 : others.length, 0, `digits-${digits}`);
  return others.join(' ');
}
