import { deepEqual } from 'node:assert/strict';
import type { Token } from 'markdown-it';
import { parseBlocks, parseInline } from '../../../../../src/webview/markdown/parse/parseBlocks';

/** The formulas of a source in order: the TeX, after `$$` when it is displayed. */
function formulasOf(source: string): string[] {
  const tokens = parseBlocks(source, {}).flatMap((block) => block.tokens);
  parseInline(tokens, {});
  return formulasIn(tokens);
}

function formulasIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ type, content, meta, children }) => {
    if (type === 'math_block') return [`$$${content}`];
    if (type === 'math_inline') return [meta?.['display'] === true ? `$$${content}` : content];
    return formulasIn(children ?? []);
  });
}

/** All text outside of formulas, with a space for a line end. */
function wordsOf(source: string): string {
  const tokens = parseBlocks(source, {}).flatMap((block) => block.tokens);
  parseInline(tokens, {});
  return tokens
    .flatMap(({ children }) => children ?? [])
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : type.startsWith('math') ? '' : content))
    .join('');
}

const align = String.raw`\begin{align*}
a &= b \\
c &= d
\end{align*}`;

/** Names of what is tried, each with a source and the formulas that it holds. */
const formulas: Readonly<Record<string, readonly [source: string, formulas: readonly string[]]>> = {
  'dollars glued to the text before and behind': ['由此得到：$$\nx = 1\n$$\n所以成立。', ['$$x = 1']],
  'glued dollars in a list': ['1. 公式：$$\n   y = 2\n   $$\n   说明', ['$$y = 2']],
  'glued dollars in a quote': ['> so $$\n> y = 2\n> $$\n> it is', ['$$y = 2']],
  'glued dollars with a blank line': ['so: $$\nx = 1\n\n+ 2\n$$\nend', ['$$x = 1\n\n+ 2']],
  'glued dollars around lines that look like a list': [
    'so: $$\na\n- b\n+ c\n= d\n$$\nend',
    ['$$a\n- b\n+ c\n= d'],
  ],
  'glued dollars around a line that looks like a quote': ['so: $$\na\n> b\n$$', ['$$a\n> b']],
  'a formula that begins behind words and ends before words': ['so $$x\n= 1$$ is it', ['$$x\n= 1']],
  'two glued formulas in one paragraph': ['a: $$\nx=1\n$$\nb: $$\ny=2\n$$\nc', ['$$x=1', '$$y=2']],
  'glued brackets': ['所以：\\[\nx = 1\n\\]\n完', ['$$x = 1']],
  'a formula after a sentence without a blank line': ['So it is\n$$\nx = 1\n$$\nand more.', ['$$x = 1']],
  'words behind the closing marks': ['$$\nx = 1\n$$ 其中 x 是数。\n\n后', ['$$x = 1']],
  'a bare environment': [`由定义：\n\n${align}\n\nend`, [`$$${align}`]],
  'an environment in a sentence': [`we get ${align} and go on`, [`$$${align}`]],
  'an environment behind a line of text': [`we get\n${align}\nand go on`, [`$$${align}`]],
  'an equation': [
    '\\begin{equation}\nE = mc^2\n\\end{equation}',
    ['$$\\begin{equation}\nE = mc^2\n\\end{equation}'],
  ],
  'an environment in a list': [
    '- so\n  \\begin{gather}\n  a \\\\\n  b\n  \\end{gather}\n- b',
    ['$$\\begin{gather}\na \\\\\nb\n\\end{gather}'],
  ],
  'an environment with blank lines': [
    '\\begin{cases}\na\n\n\\\\ b\n\\end{cases}',
    ['$$\\begin{cases}\na\n\n\\\\ b\n\\end{cases}'],
  ],
  'an environment in itself': [
    '\\begin{cases} \\begin{cases} a \\end{cases} \\\\ b \\end{cases}',
    ['$$\\begin{cases} \\begin{cases} a \\end{cases} \\\\ b \\end{cases}'],
  ],
  'a matrix and a sign of punctuation': [
    '\\begin{pmatrix} 1 & 2 \\end{pmatrix}.',
    ['$$\\begin{pmatrix} 1 & 2 \\end{pmatrix}.'],
  ],
  'an environment in dollars': [`$$${align}$$`, [`$$${align}`]],
  'blank lines in dollars': [
    '$$\n\\begin{aligned}\na &= 1 \\\\\n\nb &= 2\n\\end{aligned}\n$$',
    ['$$\\begin{aligned}\na &= 1 \\\\\n\nb &= 2\n\\end{aligned}'],
  ],
  'blank lines at the edges': ['$$\n\nx = 1\n\n$$', ['$$x = 1']],
  'blank lines in brackets': ['\\[\n\nx = 1\n\ny = 2\n\n\\]', ['$$x = 1\n\ny = 2']],
  'blank lines in a list': ['- a\n\n  $$\n  x\n\n  = 1\n  $$\n- b', ['$$x\n\n= 1']],
  'blank lines in a quote': ['> $$\n> x\n>\n> = 1\n> $$', ['$$x\n\n= 1']],
  'marks on the line of the formula': ['$$ x = 1\n+ 2 $$', ['$$x = 1\n+ 2']],
  'a table': ['| a | b |\n|---|---|\n| $x^2$ | $$y$$ |\n| \\(z\\) | w |', ['x^2', '$$y', 'z']],
  'a heading': ['## About $x^2$ and \\(y\\)', ['x^2', 'y']],
  'emphasis around it': ['**$x$** and *$y$*', ['x', 'y']],
  'Chinese around it': ['设$x$为数，则\\(y\\)为数。', ['x', 'y']],
  'a sign behind it': ['$x$, $y$; ($z$) "$w$" $n$th', ['x', 'y', 'z', 'w', 'n']],
  chemistry: ['$$\\ce{2H2 + O2 -> 2H2O}$$ and $\\ce{H2O}$', ['$$\\ce{2H2 + O2 -> 2H2O}', '\\ce{H2O}']],
  'braces at the beginning': [
    '${}^{14}C$ and ${n \\choose k}$ and ${x}$',
    ['{}^{14}C', '{n \\choose k}', '{x}'],
  ],
  'a subscript at the beginning': ['$_{n}$ and $_2$', ['_{n}', '_2']],
  'an escaped dollar within': ['$\\text{cost} = \\$5$', ['\\text{cost} = \\$5']],
  'a percentage': ['$50\\%$ and $5\\,\\text{USD}$', ['50\\%', '5\\,\\text{USD}']],
  'names of points': ['$ABCD$ and $ABCDEF$ and $\\triangle ABC$', ['ABCD', 'ABCDEF', '\\triangle ABC']],
  'numbers and intervals': [
    '$5$, $-1$, $[0, 1]$, $(a, b)$, $|x|$, $.5$',
    ['5', '-1', '[0, 1]', '(a, b)', '|x|', '.5'],
  ],
  'a complexity': ['$O(n)$ and $O(n log n)$ and \\(O(n^2)\\)', ['O(n)', 'O(n log n)', 'O(n^2)']],
  'words in Chinese with a sign': ['$速度 = 路程/时间$', ['速度 = 路程/时间']],
  'brackets in a sentence': ['so \\[ x^2 = 4 \\] holds', ['$$x^2 = 4']],
  'brackets on their own lines': ['\\[ x \\]', ['$$x']],
  'brackets behind a word': ['Thus\\[\\frac{1}{2}\\]', ['$$\\frac{1}{2}']],
};

/** What looks like formulas and is none: source, and what is read. Without the second it is the source itself. */
const falseFriends: readonly (readonly [source: string, words?: string])[] = [
  ['Set ${HOME}/bin and ${OTHER_KEY}/${X}. 模板 ${a}${b}，$_GET/$_POST'],
  [
    '据 \\[1\\] 与 \\[2\\] 所述，见 \\[可选\\]；函数 f\\(x\\)。',
    '据 [1] 与 [2] 所述，见 [可选]；函数 f(x)。',
  ],
  ['It costs $5 and $6.'],
  ['from $5 to $10, or $5-$10, or $5/$10'],
  ['about $20k/$30k a year'],
  ['5$ or 6$ each'],
  ['US$5 to US$6, R$ 50 e R$ 60, A$5'],
  ['价格$5，比$6便宜'],
  ['It costs $5, not 6$.'],
  ['$1,299.99 (was $1,499.99)'],
  ['$AAPL and $TSLA, $AAPL/$TSLA'],
  ['A$AP Rocky and Ke$ha'],
  ['echo $PATH:$HOME and $HOME/bin:$PATH'],
  ['变量$name和$age'],
  ['变量 $name 和 $age 和 $。'],
  ['use $1, $2 and $@ or $#'],
  ['"$@" and "$*" and "$#"'],
  ['exit code $? and pid $! and $$'],
  ['$$ is the process id, and $PPID the parent'],
  ['kill -9 $$ and echo $$'],
  ['The pid is in $$\nUse kill $$ to end it', 'The pid is in $$ Use kill $$ to end it'],
  ['$(pwd)/$(basename x)'],
  ['$(date) and $(whoami)'],
  ["$('#id') and $('.class')"],
  ["$('#a')+$('#b')"],
  ['$(this).hide(); $(that).show()'],
  ['jQuery is $, and $ is jQuery'],
  ['$this->name and $that->age'],
  ["$_SERVER['a'] and $_ENV['b']"],
  ['$i++; $j--;'],
  ['$a=$b; $c=$d'],
  ['$foo_bar and baz_qux$'],
  ['$env:PATH and $env:HOME'],
  ['filter by $_.Name here'],
  ['@{$x}{$y}'],
  ['$x{$y}'],
  ['df$col and df$other'],
  ['^[a-z]+$ and ^\\d+$'],
  ['/^a$/ or /^b$/'],
  ['s/foo$/bar$/'],
  ['$(CC) -o $@ $<'],
  ['$@:$<'],
  ['${{ secrets.TOKEN }} and ${{ github.ref }}'],
  ['${var.a}-${var.b}'],
  ['${price}$ and ${tax}$'],
  ['$${a} and $${b}'],
  ['DO $$\nBEGIN\n  RAISE NOTICE x;\nEND\n$$;', 'DO $$ BEGIN RAISE NOTICE x; END $$;'],
  ['in ($) and in ($)'],
  ["'$'and'$'"],
  ['“$”和“$”'],
  ['¥/$ or £/$'],
  ['$NAME$ and $VERSION$ are replaced'],
  ['$HOME$ and $PATH$ and $USER$'],
  ['`$x` and `$y`', '$x and $y'],
  ['`$$` and `$$`', '$$ and $$'],
  ['$$ and `$$`', '$$ and $$'],
  ['\\$5 and \\$6', '$5 and $6'],
  ['\\[optional\\]', '[optional]'],
  ['\\[x\\] done', '[x] done'],
  ['\\[text\\](https://example.org/a_b)', '[text](https://example.org/a_b)'],
  ['\\[a_b\\](https://example.org)', '[a_b](https://example.org)'],
  ['\\[\\[wiki link\\]\\]', '[[wiki link]]'],
  ['arr\\[i+1\\] and arr\\[i\\]\\[j\\]', 'arr[i+1] and arr[i][j]'],
  ['call me \\(maybe\\) or \\(see\\) or \\(可选\\)', 'call me (maybe) or (see) or (可选)'],
  ['foo\\(bar\\) and max\\(1\\)', 'foo(bar) and max(1)'],
  ['\\[foo\\_bar\\] and \\[^1\\]', '[foo_bar] and [^1]'],
  ['\\[1, 2\\] and \\[a-z\\]', '[1, 2] and [a-z]'],
  ['$ x $ and $ y'],
  ['$'],
  ['$$'],
  ['$$$'],
  ['$$$ money $$$'],
  ['a $ b $ c'],
];

describe('The rules of formulas', () => {
  for (const [name, [source, expected]] of Object.entries(formulas)) {
    it(`find ${name}`, () => {
      deepEqual(formulasOf(source), expected);
    });
  }

  for (const [source, words = source] of falseFriends) {
    it(`leave ${JSON.stringify(source)} alone`, () => {
      deepEqual(formulasOf(source), []);
      deepEqual(wordsOf(source), words);
    });
  }
});
