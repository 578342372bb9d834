const words =
  'the parser reads what has come so far and keeps the part that may still change while the rest is drawn already '.split(
    ' ',
  );

/** So many words; each call of the same number gives others. */
function text(count: number, from: number): string {
  return Array.from({ length: count }, (_, index) => words[(from * 7 + index) % words.length])
    .join(' ')
    .trim();
}

/** Repeats a line, with its number, until so many characters are reached. */
function lines(length: number, line: (number: number) => string): string {
  let source = '';
  for (let number = 1; source.length < length; number += 1) source += line(number);
  return source.slice(0, length);
}

/** One block that stays open, of so many characters, for each kind of block. */
export function openBlocks(length: number): Readonly<Record<string, string>> {
  return {
    paragraph: lines(length, (n) => `${text(9, n)} **bold ${n}** and \`code\`,\n${text(6, n)}\n`),
    'endless line': lines(length, (n) => `${text(11, n)} *word ${n}* and \`code\`, `),
    list: lines(length, (n) => `- item ${n} with **bold**: ${text(8, n)}\n`),
    'nested list': lines(length, (n) =>
      n === 1 ? `- ${text(5, n)}\n` : `  - item ${n} with \`code\`: ${text(7, n)}\n`,
    ),
    'task list': lines(length, (n) => `- [${n % 2 === 0 ? 'x' : ' '}] task ${n}: ${text(8, n)}\n`),
    quote: lines(length, (n) => `> line ${n} of *many*: ${text(9, n)}\n${n % 5 === 0 ? '>\n' : ''}`),
    'list in a quote': lines(length, (n) => `> - item ${n}: ${text(9, n)}\n`),
    table: `| number | name | text | remark |\n|---|:-:|---|---|\n${lines(
      length,
      (n) => `| ${n} | \`name${n}\` | ${text(5, n)} | **${text(2, n)}** |\n`,
    )}`.slice(0, length),
    code: `\`\`\`ts\n${lines(length, (n) => `const value${n} = read('${text(3, n)}', ${n}); // ${text(4, n)}\n`)}`.slice(
      0,
      length,
    ),
    'indented code': lines(length, (n) => `    const value${n} = read('${text(3, n)}', ${n});\n`),
    'code in a list': `- an item\n\n  \`\`\`ts\n${lines(
      length,
      (n) => `  const value${n} = read('${text(3, n)}', ${n});\n`,
    )}`.slice(0, length),
    html: `<div class="list">\n${lines(length, (n) => `  <p id="p${n}">${text(8, n)} <b>bold</b></p>\n`)}`.slice(
      0,
      length,
    ),
  };
}
