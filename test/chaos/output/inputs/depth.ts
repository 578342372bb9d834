import type { Random } from '../random';
import type { Family, Vector } from './vector';

/** Pieces that open something, that close it, and that make a reader look ahead or back. */
const pieces: readonly string[] = [
  '>',
  '> ',
  '> - ',
  '- ',
  '* ',
  '+ ',
  '1. ',
  '*',
  '**',
  '***',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '` ',
  '[',
  '![',
  '[[',
  '](',
  '[](',
  '[a](',
  '[a](<b',
  '[a](b "',
  '![a](b)',
  '[^',
  '[^a]',
  '[^a]: ',
  '[a]: b\n',
  '[a]',
  ']',
  '(',
  ')',
  '{',
  '}',
  '$',
  '$$',
  '$a',
  '$a$',
  '\\(',
  '\\(a',
  '\\[',
  '\\',
  '\\\\',
  '<',
  '<a',
  '<a ',
  '<a href="',
  '</a>',
  '<!--',
  '<?',
  '<![CDATA[',
  '<http://a',
  '&',
  '&#',
  '&amp;',
  '&a',
  '|',
  '|-',
  '|a',
  'a|b\n',
  '#',
  '# ',
  '=\n',
  '-\n',
  'a\n-\n',
  '```\n',
  '~~~\n',
  '```',
  '\n\n',
  ' \n',
  '  \n',
  '\t',
  '    a\n',
  '\n    ',
  'a  \n',
  '\n> ',
  '\n- ',
  '\n1. ',
  'http://',
  'http://a.b',
  'http://a.b/(',
  'www.',
  'a@b.',
  'mailto:a@b ',
  '//',
  ':',
  '.',
  "'",
  '"',
  '*a_ ',
  '**a *b ',
  '_a*b_ ',
  '*a **a ',
  'a**b',
  '~~a ',
  '- [ ] ',
  '> [!NOTE]\n',
  '<think>',
  '</think>',
  '\u200b',
  '\u0300',
  'é',
  '\ud800',
  '中',
];

function repeated(piece: string, times: number, core: string, close: string): Vector {
  return () => piece.repeat(times) + core + close.repeat(times);
}

const closers: Readonly<Record<string, string>> = {
  '[': ']',
  '![': '](x)',
  '[[': ']]',
  '(': ')',
  '{': '}',
  '[](': ')',
  '[a](': ')',
  '*': '*',
  '**': '**',
  _: '_',
  '`': '`',
  $: '$',
  '~~': '~~',
  '<a href="': '">',
  '\\(': '\\)',
  '<think>': '</think>',
};

/** Lists in lists, each a step further in. */
function stairs(mark: string, depth: number, step: number): Vector {
  return () => Array.from({ length: depth }, (_, index) => `${' '.repeat(index * step)}${mark} x`).join('\n');
}

function table(columns: number, rows: number): Vector {
  const row = `|${'a|'.repeat(columns)}\n`;
  return () => `${row}|${'-|'.repeat(columns)}\n${row.repeat(rows)}`;
}

const shapes: readonly Vector[] = [
  stairs('-', 400, 2),
  stairs('1.', 300, 3),
  stairs('>', 300, 1),
  stairs('- [ ]', 200, 2),
  table(2_000, 1),
  table(100, 100),
  table(5_000, 0),
  () => `|${'a|'.repeat(800)}\n|${'-|'.repeat(800)}\n${'|\n'.repeat(800)}`,
  () => 'a'.repeat(200_000),
  () => 'a '.repeat(60_000),
  () => '中'.repeat(60_000),
  () => 'x\n'.repeat(15_000),
  () => 'x\n\n'.repeat(4_000),
  () => '# x\n'.repeat(2_000),
  () => '---\n'.repeat(3_000),
  () => '- x\n'.repeat(4_000),
  () => '1. x\n'.repeat(4_000),
  () => `999999999. x\n-999. y\n0. z`,
  () =>
    Array.from({ length: 1_500 }, (_, index) => `[^${String(index)}]`).join(' ') +
    '\n\n' +
    Array.from({ length: 1_500 }, (_, index) => `[^${String(index)}]: x`).join('\n'),
  () => '[^a] '.repeat(1_500) + '\n\n[^a]: x',
  () => '[^a]: [^b]\n\n[^b]: [^a]\n\n[^a][^b]',
  () => '[^a]: '.repeat(200) + '[^a]',
  () =>
    Array.from({ length: 3_000 }, (_, index) => `[r${String(index)}]: x`).join('\n') +
    '\n\n' +
    Array.from({ length: 3_000 }, (_, index) => `[r${String(index)}]`).join(' '),
  () => `[a]: ${'x'.repeat(100_000)}\n\n${'[a] '.repeat(50)}`,
  () => `[${'a'.repeat(50_000)}]: x\n\n[${'a'.repeat(50_000)}]`,
  () => '`'.repeat(3_000) + 'a' + '`'.repeat(2_999),
  () => Array.from({ length: 700 }, (_, index) => '`'.repeat(index)).join('a'),
  () => Array.from({ length: 300 }, (_, index) => '$'.repeat(index % 5) + 'x').join(' '),
  () => '*a **b '.repeat(3_000) + '** *'.repeat(3_000),
  () => '_a __b '.repeat(2_000) + '__ _'.repeat(2_000),
  () => `${'*'.repeat(5_000)}a${'_'.repeat(5_000)}b${'*'.repeat(5_000)}`,
  () => `\`\`\`js\n${'x\n'.repeat(10_000)}\`\`\``,
  () => '```js\nx\n```\n'.repeat(300),
  () => '```mermaid\nx\n```\n'.repeat(60),
  () => '$x$ '.repeat(1_500),
  () => '$$x$$\n\n'.repeat(300),
  () => '> [!NOTE]\n> x\n\n'.repeat(500),
  () => '![a](data:image/png;base64,' + 'A'.repeat(100_000) + ')',
  () => `<a href="${'x'.repeat(100_000)}">`,
  () => '<think>'.repeat(500) + 'x' + '</think>'.repeat(500),
  () => 'http://a.b/' + 'c'.repeat(50_000),
  () => 'http://a.b '.repeat(2_000),
  () => 'http://' + 'a.'.repeat(10_000) + 'b',
  () => 'a@b.c '.repeat(3_000),
  () => '\\'.repeat(50_000),
  () => '&'.repeat(50_000),
  () => '&amp;'.repeat(10_000),
  () => '\n'.repeat(50_000),
  () => ' '.repeat(100_000) + 'x',
  () => '\t'.repeat(50_000) + 'x',
  () => '\r'.repeat(20_000),
  () => '\0'.repeat(20_000),
  () => '\u0300'.repeat(20_000),
  () => '\u202e'.repeat(10_000) + 'x',
];

/** Ten thousand of each piece that opens something. */
const tenThousand = [
  '>',
  '> ',
  '*',
  '_',
  '[',
  '![',
  '(',
  '$',
  '`',
  '<',
  '~',
  '- ',
  '\\(',
  '|',
  '[^',
  '**',
  '](',
  '<think>',
];

/** Depth, length, and whatever makes a reader look at everything again for each character. */
export const depth: Family = {
  name: 'depth',
  share: 8,
  chosen: [...shapes, ...tenThousand.map((piece) => repeated(piece, 10_000, 'x', ''))],
  generate: (random) => {
    const piece = random.pick(pieces);
    const times = [50, 300, 1_000, 3_000][random.number(4)] ?? 50;
    const isClosed = random.number(2) === 0;
    const second = random.number(3) === 0 ? random.pick(pieces) : '';
    const close = isClosed ? (closers[piece] ?? piece) : '';
    const core = random.pick(['x', '', ' x ', '\n', '\n\nx']);
    return repeated(piece + second, times, core, close);
  },
};

/** Some words of Markdown after each other, without any sense. */
export const soup: Family = {
  name: 'soup',
  share: 14,
  chosen: [],
  generate: (random) => {
    const length = 5 + random.number(60);
    const words = Array.from({ length }, () => word(random));
    return (bait) => words.map((make) => make(bait)).join('');
  },
};

function word(random: Random): Vector {
  const kind = random.number(12);
  if (kind === 0) return ({ url }) => `](${url})`;
  if (kind === 1) return ({ script }) => `<img src=x onerror=${script}>`;
  if (kind === 2) return ({ script }) => `(javascript:${script} "`;
  if (kind < 6) {
    const plain = random.pick(['a', 'b ', ' c', 'word', '\n', '\n\n', '   ', '1', 'é', '中文']);
    return () => plain;
  }
  const piece = random.pick(pieces);
  return () => piece;
}
