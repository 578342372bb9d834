import * as fc from 'fast-check';

/** A generated source file and an edit of it, as lines. */
export interface Edited {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What changed: lines of `before`, the end not included, and what stands there in `after`. */
  readonly changes: readonly {
    readonly start: number;
    readonly end: number;
    readonly lines: readonly string[];
  }[];
}

const words = ['total', 'items', 'reader', 'width', 'parse', 'cache', 'offset', 'result', 'limit', 'index'];

/** A statement that stands once in a file: its number is its own. */
function statement(number: number, word: string, kind: number): string {
  switch (kind % 4) {
    case 0:
      return `const ${word}${number} = compute(${number});`;
    case 1:
      return `${word}.push(${number});`;
    case 2:
      return `log('${word} ${number}');`;
    default:
      return `this.${word}${number} ??= ${number} * 2;`;
  }
}

const body = fc.array(fc.tuple(fc.constantFrom(...words), fc.nat(7)), { minLength: 1, maxLength: 6 });

/** A file of imports and functions, some with a block within, in TypeScript's manner. */
export const sourceFile: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.nat(3), fc.array(body, { minLength: 1, maxLength: 6 }))
  .map(([imports, bodies]) => {
    let number = 0;
    const lines = Array.from(
      { length: imports },
      (_, index) => `import { thing${index} } from './thing${index}';`,
    );
    for (const [index, statements] of bodies.entries()) {
      if (lines.length > 0) lines.push('');
      lines.push(`export function work${index}(input: string): void {`);
      for (const [word, kind] of statements) {
        number++;
        if (kind < 4) lines.push(`  ${statement(number, word, kind)}`);
        else lines.push(`  if (input === '${number}') {`, `    ${statement(number, word, kind)}`, '  }');
      }
      lines.push('}');
    }
    return lines;
  });

/** A file and up to three changes of its statements: replaced, taken away, added. */
export const editedFile: fc.Arbitrary<Edited> = sourceFile.chain((before) => {
  const places = before.flatMap((line, index) => (/^\s+\S.*;$/.test(line) ? [index] : []));
  const change = fc.record({
    at: fc.constantFrom(...places),
    kind: fc.constantFrom('replace', 'remove', 'add'),
    count: fc.integer({ min: 1, max: 4 }),
    word: fc.constantFrom(...words),
  });
  return fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ at }) => at }).map((chosen) => {
    const changes = chosen
      .toSorted((left, right) => left.at - right.at)
      .map(({ at, kind, count, word }, index) => {
        const indent = /^\s*/.exec(before[at] ?? '')?.[0] ?? '';
        const lines = Array.from(
          { length: count },
          (_, line) => `${indent}fresh(${index}, ${line}, '${word}');`,
        );
        return kind === 'add'
          ? { start: at + 1, end: at + 1, lines }
          : { start: at, end: at + 1, lines: kind === 'remove' ? [] : lines };
      });
    return { before, after: carryOut(before, changes), changes };
  });
});

function carryOut(before: readonly string[], changes: Edited['changes']): readonly string[] {
  const after = [...before];
  for (const { start, end, lines } of changes.toReversed()) after.splice(start, end - start, ...lines);
  return after;
}

/** The parts of an edited file around its changes, as `context` lines before and after each; near ones are joined. */
export function excerpts(
  { before, changes }: Edited,
  context: number,
): readonly { readonly start: number; readonly end: number; readonly changes: Edited['changes'] }[] {
  const result: { start: number; end: number; changes: Edited['changes'][number][] }[] = [];
  for (const change of changes) {
    const start = Math.max(0, change.start - context);
    const end = Math.min(before.length, change.end + context);
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = end;
      last.changes.push(change);
    } else result.push({ start, end, changes: [change] });
  }
  return result;
}

/** The lines of an excerpt, as the edited file has them. */
export function excerptAfter(
  before: readonly string[],
  { start, end, changes }: ReturnType<typeof excerpts>[number],
): readonly string[] {
  const lines: string[] = [];
  let next = start;
  for (const change of changes) {
    lines.push(...before.slice(next, change.start), ...change.lines);
    next = change.end;
  }
  lines.push(...before.slice(next, end));
  return lines;
}

/** The excerpt as a diff's hunk without its header. */
export function excerptHunk(
  before: readonly string[],
  { start, end, changes }: ReturnType<typeof excerpts>[number],
): readonly string[] {
  const lines: string[] = [];
  let next = start;
  const keep = (to: number): void => {
    for (const line of before.slice(next, to)) lines.push(line === '' ? '' : ` ${line}`);
    next = to;
  };
  for (const change of changes) {
    keep(change.start);
    lines.push(
      ...before.slice(change.start, change.end).map((line) => `-${line}`),
      ...change.lines.map((line) => `+${line}`),
    );
    next = change.end;
  }
  keep(end);
  return lines;
}
