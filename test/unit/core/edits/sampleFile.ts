import * as fc from 'fast-check';

/** The lines of a generated source file before and after an edit. */
export interface Edited {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The changes: lines of `before`, `end` not included, and their replacement in `after`. */
  readonly changes: readonly {
    readonly start: number;
    readonly end: number;
    readonly lines: readonly string[];
  }[];
}

const words = ['total', 'items', 'reader', 'width', 'parse', 'cache', 'offset', 'result', 'limit', 'index'];

/** A statement that is unique in a file because of its number. */
function statement(number: number, word: string, kind: number): string {
  switch (kind) {
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

/** A statement, or a block of statements. */
type Code =
  | { readonly word: string; readonly kind: number }
  | { readonly word: string; readonly kind: number; readonly body: readonly Code[] };

const { code } = fc.letrec<{ code: Code }>((tie) => {
  const leaf = { word: fc.constantFrom(...words), kind: fc.nat(3) };
  const body = fc.array(tie('code'), { minLength: 1, maxLength: 4 });
  return {
    code: fc.oneof({ maxDepth: 3, depthSize: 'small' }, fc.record(leaf), fc.record({ ...leaf, body })),
  };
});

/** The first line of a block, unique in a file because of its number. */
function blockHead(number: number, word: string, kind: number): string {
  return kind < 2 ? `if (input === '${number}') {` : `for (const ${word} of list${number}) {`;
}

/** A TypeScript file of imports and functions, or of a class and its methods, with nested blocks. */
export const sourceFile: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    fc.nat(3),
    fc.boolean(),
    fc.array(fc.array(code, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
  )
  .map(([imports, isClass, bodies]) => {
    let number = 0;
    const lines = Array.from(
      { length: imports },
      (_, index) => `import { thing${index} } from './thing${index}';`,
    );
    const write = (item: Code, indent: string): void => {
      number++;
      if ('body' in item) {
        lines.push(indent + blockHead(number, item.word, item.kind));
        for (const inner of item.body) write(inner, `${indent}  `);
        lines.push(`${indent}}`);
      } else lines.push(indent + statement(number, item.word, item.kind));
    };
    const indent = isClass ? '  ' : '';
    if (isClass) lines.push('export class Work {');
    for (const [index, items] of bodies.entries()) {
      if (lines.length > 0) lines.push('');
      lines.push(`${indent}${isClass ? '' : 'export function '}work${index}(input: string): void {`);
      for (const item of items) write(item, `${indent}  `);
      lines.push(`${indent}}`);
    }
    if (isClass) lines.push('}');
    return lines;
  });

/** A file and up to three changes of its statements: replaced, removed or added. */
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
    return edit(before, changes);
  });
});

/** Applies changes, which must be in the order of their lines. */
export function edit(before: readonly string[], changes: Edited['changes']): Edited {
  const after = [...before];
  for (const { start, end, lines } of changes.toReversed()) after.splice(start, end - start, ...lines);
  return { before, after, changes };
}

/** The parts of an edited file with `context` lines before and after each change. Overlapping parts are joined. */
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

/** The lines of an excerpt in the edited file. */
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

/** The excerpt as a hunk of a diff, without its header. */
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
