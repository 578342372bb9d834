/**
 * The classes of a numbered list, with one that makes room for long numbers: those of more than two digits.
 *
 * @param names Its classes now; `loose` comes last.
 * @param start The number of the first item, as an attribute; undefined for 1.
 * @param count How many items it has.
 */
export function withNumberRoom(names: string, start: string | undefined, count: number): string {
  const digits = String(Number(start ?? 1) + Math.max(0, count - 1)).length;
  const others = names.split(' ').filter((name) => name !== '' && !name.startsWith('digits-'));
  if (digits > 2) others.splice(others.at(-1) === 'loose' ? -1 : others.length, 0, `digits-${digits}`);
  return others.join(' ');
}
