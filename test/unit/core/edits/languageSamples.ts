import * as fc from 'fast-check';

/** How a language writes the parts of the generated files. Lines have no line ends. */
interface Language {
  readonly info: string;
  /** Writes a comment in one line. */
  readonly comment: (text: string) => string;
  readonly indent: string;
  /** The lines around the members; undefined for members on the outermost level. */
  readonly container: { readonly open: string; readonly close: readonly string[] } | undefined;
  readonly head: readonly string[];
  readonly member: (name: string, body: readonly string[]) => readonly string[];
  readonly statement: (number: number, kind: number) => string;
  /** Number of blank lines between members. */
  readonly gap: number;
}

const braces =
  (open: (name: string) => string, indent: string, close = '}'): Language['member'] =>
  (name, body) => [open(name), ...body.map((line) => indent + line), close];
const call = (number: number, kind: number): string =>
  kind === 0
    ? `const total${number} = compute(${number});`
    : kind === 1
      ? `list.push(${number});`
      : `log('step ${number}');`;

export const languages: readonly Language[] = [
  {
    info: 'ts',
    comment: (text) => `// ${text}`,
    indent: '  ',
    container: { open: 'export class Work extends Base {', close: ['}'] },
    head: ["import { Base } from './base';", ''],
    member: braces((name) => `${name}(input: string): void {`, '  '),
    statement: call,
    gap: 1,
  },
  {
    info: 'js',
    comment: (text) => `/* ${text} */`,
    indent: '    ',
    container: undefined,
    head: ["const fs = require('fs');", ''],
    member: braces((name) => `function ${name}(input) {`, '    '),
    statement: call,
    gap: 1,
  },
  {
    info: 'python',
    comment: (text) => `# ${text}`,
    indent: '    ',
    container: { open: 'class Work(Base):', close: [] },
    head: ['import os', ''],
    member: (name, body) => [`def ${name}(self, value):`, ...body.map((line) => `    ${line}`)],
    statement: (number, kind) =>
      kind === 0
        ? `total${number} = compute(${number})`
        : kind === 1
          ? `self.items.append(${number})`
          : `log("step ${number}")`,
    gap: 1,
  },
  {
    info: 'go',
    comment: (text) => `// ${text}`,
    indent: '\t',
    container: undefined,
    head: ['package work', '', 'import "fmt"', ''],
    member: braces((name) => `func (w *Work) ${name}(value int) error {`, '\t'),
    statement: (number, kind) =>
      kind === 0
        ? `total${number} := compute(${number})`
        : kind === 1
          ? `w.Add(${number})`
          : `fmt.Println("step ${number}")`,
    gap: 1,
  },
  {
    info: 'java',
    comment: (text) => `// ${text}`,
    indent: '    ',
    container: { open: 'public class Work {', close: ['}'] },
    head: ['package work;', ''],
    member: braces((name) => `public void ${name}(int value) {`, '    '),
    statement: (number, kind) =>
      kind === 0
        ? `int total${number} = compute(${number});`
        : kind === 1
          ? `items.add(${number});`
          : `log("step ${number}");`,
    gap: 1,
  },
  {
    info: 'csharp',
    comment: (text) => `// ${text}`,
    indent: '    ',
    container: { open: 'public class Work', close: ['}'] },
    head: ['using System;', ''],
    member: (name, body) => [
      `public void ${name}(int value)`,
      '{',
      ...body.map((line) => `    ${line}`),
      '}',
    ],
    statement: (number, kind) =>
      kind === 0
        ? `var total${number} = Compute(${number});`
        : kind === 1
          ? `Items.Add(${number});`
          : `Log("step ${number}");`,
    gap: 1,
  },
  {
    info: 'rust',
    comment: (text) => `// ${text}`,
    indent: '    ',
    container: { open: 'impl Work {', close: ['}'] },
    head: ['use std::fmt;', ''],
    member: braces((name) => `pub fn ${name}(&self, value: u32) {`, '    '),
    statement: (number, kind) =>
      kind === 0
        ? `let total${number} = compute(${number});`
        : kind === 1
          ? `self.items.push(${number});`
          : `println!("step ${number}");`,
    gap: 1,
  },
  {
    info: 'css',
    comment: (text) => `/* ${text} */`,
    indent: '  ',
    container: undefined,
    head: [],
    member: braces((name) => `.${name} {`, '  '),
    statement: (number, kind) =>
      kind === 0
        ? `--total${number}: ${number}px;`
        : kind === 1
          ? `margin-${number}: ${number}px;`
          : // Of two declarations of one name a block cannot say which it means.
            `--step${number}: ${number}s;`,
    gap: 1,
  },
  {
    info: 'yaml',
    comment: (text) => `# ${text}`,
    indent: '  ',
    container: { open: 'services:', close: [] },
    head: ['version: "3"', ''],
    member: (name, body) => [`${name}:`, ...body.map((line) => `  ${line}`)],
    statement: (number) => `key${number}: value ${number}`,
    gap: 0,
  },
  {
    info: 'ruby',
    comment: (text) => `# ${text}`,
    indent: '  ',
    container: { open: 'class Work < Base', close: ['end'] },
    head: ["require 'set'", ''],
    member: (name, body) => [`def ${name}(value)`, ...body.map((line) => `  ${line}`), 'end'],
    statement: (number, kind) =>
      kind === 0
        ? `total${number} = compute(${number})`
        : kind === 1
          ? `items << ${number}`
          : `puts "step ${number}"`,
    gap: 1,
  },
];

/** A change of a generated file. */
type Change =
  | {
      readonly kind: 'replace' | 'remove' | 'insert';
      readonly member: number;
      readonly at: number;
      readonly count: number;
    }
  | { readonly kind: 'add-member'; readonly member: number };

/** A generated file before and after an edit, and a block that a model could write for this edit. */
export interface LanguageSample {
  readonly info: string;
  readonly form: string;
  readonly before: string;
  readonly after: string;
  readonly block: string;
}

const texts = [
  '...',
  '... existing code ...',
  '...existing code...',
  '… rest unchanged …',
  'rest of the code stays the same',
  '其余代码保持不变',
  '... resto del código ...',
  '... bestehender Code ...',
  '... 既存のコード ...',
  '... остальной код без изменений ...',
];
const forms = [
  'whole',
  'member',
  'members-with-gaps',
  'member-in-container',
  'body-with-gaps',
  'diff',
  'search-replace',
  'apply-patch',
] as const;

/** Files in ten languages with an edit and a block. The line ends vary, and the last one may be missing. */
export const languageSample: fc.Arbitrary<LanguageSample> = fc
  .record({
    language: fc.constantFrom(...languages),
    sizes: fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 2, maxLength: 6 }),
    kinds: fc.array(fc.nat(2), { minLength: 36, maxLength: 36 }),
    changeKind: fc.constantFrom('replace', 'remove', 'insert', 'add-member'),
    member: fc.nat(5),
    at: fc.nat(5),
    count: fc.integer({ min: 1, max: 3 }),
    text: fc.constantFrom(...texts),
    form: fc.constantFrom(...forms),
    header: fc.constantFrom('@@', '@@ ... @@', '@@ -900,7 +900,9 @@', 'right', 'a little wrong'),
    context: fc.integer({ min: 0, max: 3 }),
    eol: fc.constantFrom('\n', '\r\n'),
    blockEol: fc.constantFrom('\n', '\r\n'),
    ending: fc.boolean(),
  })
  .map(
    ({
      language,
      sizes,
      kinds,
      changeKind,
      member,
      at,
      count,
      text,
      form,
      header,
      context,
      eol,
      blockEol,
      ending,
    }) => {
      const target = member % sizes.length;
      const position = at % (sizes[target] ?? 1);
      const change: Change =
        changeKind === 'add-member'
          ? { kind: changeKind, member: target }
          : { kind: changeKind, member: target, at: position, count };
      let number = 0;
      const bodies = sizes.map((size) =>
        Array.from({ length: size }, () => language.statement(++number, kinds[number % kinds.length] ?? 0)),
      );
      const names = bodies.map((_, index) => `work${index}`);
      const edited = editMembers(language, names, bodies, change);
      const before = render(language, names, bodies);
      const after = render(language, edited.names, edited.bodies);
      const lines = renderBlock(language, {
        names,
        bodies,
        edited,
        change,
        text,
        form,
        header,
        context,
        before,
        after,
      });
      const end = ending ? eol : '';
      return {
        info: /^(?:diff|search|apply)/.test(form) ? 'diff' : language.info,
        form: `${form} ${change.kind}`,
        before: before.join(eol) + end,
        after: after.join(eol) + end,
        block: lines.join(blockEol),
      };
    },
  );

interface Members {
  readonly names: readonly string[];
  readonly bodies: readonly (readonly string[])[];
}

function editMembers(
  language: Language,
  names: readonly string[],
  bodies: readonly (readonly string[])[],
  change: Change,
): Members {
  const fresh = (index: number): string => language.statement(900 + index, index % 3);
  if (change.kind === 'add-member')
    return {
      names: names.toSpliced(change.member + 1, 0, 'fresh'),
      bodies: bodies.toSpliced(change.member + 1, 0, [fresh(0), fresh(1)]),
    };
  const body = bodies[change.member] ?? [];
  const lines = Array.from({ length: change.count }, (_, index) => fresh(index));
  const changed =
    change.kind === 'insert'
      ? body.toSpliced(change.at + 1, 0, ...lines)
      : body.toSpliced(change.at, 1, ...(change.kind === 'replace' ? lines : []));
  return { names, bodies: bodies.with(change.member, changed) };
}

/** The lines of the members, indented as in the file. */
function renderMembers(language: Language, { names, bodies }: Members): readonly (readonly string[])[] {
  const indent = language.container === undefined ? '' : language.indent;
  return names.map((name, index) => language.member(name, bodies[index] ?? []).map((line) => indent + line));
}

function join(language: Language, members: readonly (readonly string[])[]): readonly string[] {
  const gap = Array.from({ length: language.gap }, () => '');
  return members.flatMap((member, index) => (index === 0 ? member : [...gap, ...member]));
}

function enclose(language: Language, lines: readonly string[]): readonly string[] {
  const { container } = language;
  if (container === undefined) return lines;
  const open = language.info === 'csharp' ? [container.open, '{'] : [container.open];
  return [...open, ...lines, ...container.close];
}

function render(
  language: Language,
  names: readonly string[],
  bodies: readonly (readonly string[])[],
): readonly string[] {
  return [...language.head, ...enclose(language, join(language, renderMembers(language, { names, bodies })))];
}

interface Rendering extends Members {
  readonly edited: Members;
  readonly change: Change;
  readonly text: string;
  readonly form: (typeof forms)[number];
  readonly header: string;
  readonly context: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function renderBlock(language: Language, rendering: Rendering): readonly string[] {
  const { edited, change, text, form, after, before } = rendering;
  const indent = language.container === undefined ? '' : language.indent;
  const placeholder = indent + language.comment(text);
  const members = renderMembers(language, edited);
  const gap = Array.from({ length: language.gap }, () => '');
  const index = change.kind === 'add-member' ? change.member + 1 : change.member;
  const changed = members[index] ?? [];
  switch (form) {
    case 'whole':
      return after;
    case 'member':
      return change.kind === 'add-member' ? join(language, [members[change.member] ?? [], changed]) : changed;
    case 'members-with-gaps':
      return enclose(language, [
        ...(change.member > 0 ? [placeholder] : []),
        ...(change.kind === 'add-member' ? [...(members[change.member] ?? []), ...gap] : []),
        ...changed,
        ...(index < members.length - 1 ? [placeholder] : []),
      ]);
    case 'member-in-container':
      return enclose(
        language,
        change.kind === 'add-member' ? join(language, [members[change.member] ?? [], changed]) : changed,
      );
    case 'body-with-gaps':
      return change.kind === 'add-member' ? after : bodyWithGaps(language, rendering, change);
    case 'diff':
      return hunk(rendering);
    case 'search-replace': {
      const { start, end, lines } = region(before, after, rendering.context);
      return ['<<<<<<< SEARCH', ...before.slice(start, end), '=======', ...lines, '>>>>>>> REPLACE'];
    }
    case 'apply-patch':
      return [
        '*** Begin Patch',
        '*** Update File: work',
        ...hunk({ ...rendering, header: '@@' }),
        '*** End Patch',
      ];
  }
}

/** The changed member with the lines next to the change, and placeholders for the others. */
function bodyWithGaps(
  language: Language,
  { edited, text, context, bodies }: Rendering,
  change: Exclude<Change, { kind: 'add-member' }>,
): readonly string[] {
  const body = edited.bodies[change.member] ?? [];
  const old = bodies[change.member] ?? [];
  const added = body.length - old.length;
  // Without a neighbouring line, the place of a new line is unknown.
  const shown = change.kind === 'insert' ? context : Math.max(1, context);
  const first = Math.max(0, change.at - shown);
  const last = Math.min(body.length, change.at + 1 + Math.max(0, added) + shown);
  const comment = language.comment(text);
  const lines = [
    ...(first > 0 ? [comment] : []),
    ...body.slice(first, last),
    ...(last < body.length ? [comment] : []),
  ];
  const indent = language.container === undefined ? '' : language.indent;
  return language.member(edited.names[change.member] ?? '', lines).map((line) => indent + line);
}

function region(
  before: readonly string[],
  after: readonly string[],
  context: number,
): {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
} {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let tail = 0;
  while (
    tail < before.length - from &&
    tail < after.length - from &&
    before.at(-1 - tail) === after.at(-1 - tail)
  )
    tail++;
  const to = before.length - tail;
  const start = Math.max(0, from - context);
  const end = Math.min(before.length, to + context);
  return { start, end, from, to, lines: after.slice(start, end + after.length - before.length) };
}

function hunk({ before, after, context, header }: Rendering): readonly string[] {
  const { start, end, from, to } = region(before, after, context);
  const added = after.slice(from, to + after.length - before.length);
  const kept = (line: string): string => (line === '' ? '' : ` ${line}`);
  const line = header === 'right' ? start + 1 : start + 3;
  const numbers = `@@ -${start === end && header === 'right' ? start : line},${end - start} +${line},${end - start + added.length - (to - from)} @@`;
  return [
    header.startsWith('@@') ? header : numbers,
    ...before.slice(start, from).map(kept),
    ...before.slice(from, to).map((text) => `-${text}`),
    ...added.map((text) => `+${text}`),
    ...before.slice(to, end).map(kept),
  ];
}
