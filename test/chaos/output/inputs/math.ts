import type { Disguise, Family, Surroundings, Vector } from './vector';

/** Formulas that would link, fetch, style, name or run, and macros that grow. */
const formulas: readonly Vector[] = [
  ({ script }) => `\\href{javascript:${script}}{x}`,
  ({ url }) => `\\href{${url}}{x}`,
  ({ script }) => `\\href{&#106;avascript:${script}}{x}`,
  ({ script }) => `\\href{java\tscript:${script}}{x}`,
  ({ url }) => `\\url{${url}}`,
  ({ script }) => `\\url{javascript:${script}}`,
  ({ url }) => `\\includegraphics{${url}}`,
  ({ url }) => `\\includegraphics[height=0.8em, totalheight=0.9em, width=0.9em, alt="x"]{${url}}`,
  ({ script }) => `\\includegraphics[alt="<img src=x onerror=${script}>"]{x}`,
  ({ script }) => `\\includegraphics{x" onerror="${script}}`,
  () => '\\htmlId{root}{x}',
  () => '\\htmlId{parley-bootstrap}{x}',
  () => '\\htmlClass{streaming lightbox failure}{x}',
  ({ url }) => `\\htmlStyle{background:url(${url});position:fixed;inset:0}{x}`,
  ({ script }) => `\\htmlData{onclick=${script}}{x}`,
  ({ script }) => `\\htmlData{x="><img src=x onerror=${script}>=1}{x}`,
  ({ script }) => `\\text{<img src=x onerror=${script}>}`,
  ({ script }) => `\\text{</annotation></semantics></math><img src=x onerror=${script}>}`,
  ({ script }) => `\\textcolor{red" onmouseover="${script}}{x}`,
  ({ url }) => `\\color{url(${url})}{x}`,
  ({ url }) => `\\colorbox{#fff;background:url(${url})}{x}`,
  ({ url }) => `\\fcolorbox{red}{url(${url})}{x}`,
  () => '\\color{expression(1)} x',
  ({ script }) => `\\unicode{<script>${script}</script>}`,
  ({ script }) => `\\require{x}\\newcommand{\\x}{\\href{javascript:${script}}{x}}\\x`,
  ({ script }) => `\\def\\href#1#2{\\text{#1}}\\href{javascript:${script}}{x}`,
  () => '\\def\\x{\\x}\\x',
  () => '\\def\\x{\\x\\x}\\x',
  () => '\\let\\x=\\y\\let\\y=\\x\\x',
  () => '\\def\\a{\\b}\\def\\b{\\a}\\a',
  () => `${doubling(18)}\\z`,
  () => '\\newcommand{\\x}[9]{#1#2#3#4#5#6#7#8#9}\\x{\\x}{\\x}{\\x}{\\x}{\\x}{\\x}{\\x}{\\x}{\\x}',
  () => '\\gdef\\text{x}\\global\\let\\frac=\\relax \\frac12',
  () => '\\csname x\\endcsname \\expandafter\\x\\noexpand\\y',
  () => '\\@firstoftwo{\\@ifnextchar}{\\char"10FFFF}',
  () => '\\char"FFFFFFFF \\char`\\^^@ \\symbol{-1}',
  () => '\\rule{1000000em}{1000000em}',
  () => '\\rule[-1e9em]{1e99em}{-1e9px}',
  () => '\\kern{1e308em}\\hskip-1e308em\\mkern1e99mu x',
  () => '\\raisebox{1e99em}{x}\\hspace{99999999cm}\\vspace{1e9cm}',
  () => '\\Huge\\Huge\\Huge\\tiny x\\genfrac(]{1e99pt}{9}{x}{y}',
  () => `\\begin{array}{${'c'.repeat(2_000)}}x\\end{array}`,
  () => `\\begin{matrix}${'x&'.repeat(2_000)}\\end{matrix}`,
  () => `\\begin{matrix}${'x\\\\'.repeat(1_500)}\\end{matrix}`,
  () => `\\begin{aligned}${'&=x\\\\[1em]'.repeat(800)}\\end{aligned}`,
  () => `\\begin{CD}${'A @>a>> B \\\\ '.repeat(200)}\\end{CD}`,
  () => '{'.repeat(3_000),
  () => `${'{'.repeat(1_500)}x${'}'.repeat(1_500)}`,
  () => `${'\\frac{'.repeat(400)}x${'}{y}'.repeat(400)}`,
  () => `${'\\sqrt{'.repeat(500)}x${'}'.repeat(500)}`,
  () => `${'x^{'.repeat(500)}y${'}'.repeat(500)}`,
  () => `${'x_{a^{'.repeat(300)}y${'}}'.repeat(300)}`,
  () => `${'\\left('.repeat(400)}x${'\\right)'.repeat(400)}`,
  () => `${'\\underbrace{\\overline{'.repeat(200)}x${'}}'.repeat(200)}`,
  () => `${'\\begin{matrix}'.repeat(200)}x${'\\end{matrix}'.repeat(200)}`,
  () => `x${"'".repeat(5_000)}`,
  () => `x${'^a_b'.repeat(900)}`,
  () => `\\text{${'$'.repeat(900)}}`,
  () => '\\'.repeat(2_999),
  () => '%'.repeat(500),
  () => `\\${'a'.repeat(2_900)}`,
  () => 'x\0y\u202e\ud800\uffff',
  () => '\u{1d400}\u{e0001}\u0300\u0301\u20d7',
  () => '\\mathbb{<>&"\'}\\mathtt{<!--}\\operatorname{<b>}',
  () => '\\tag{<b>}\\label{root}\\ref{root}\\eqref{\\tag{x}}',
  () => '\\verb|<script>|\\verb*"<b>"',
  () => '\\cancel{\\bcancel{\\xcancel{\\sout{\\boxed{x}}}}}\\phase{x}\\angl{x}',
  () => '\\ce{H2O}\\pu{1e5 m}\\mathchoice{a}{b}{c}{d}',
  () => '&<>"\'`/=\\&\\<\\>',
  () => '\\frac{',
  () => '}',
  () => '\\end{x}\\begin{__proto__}\\end{constructor}',
  () => '\\constructor \\__proto__ \\toString \\hasOwnProperty',
  () => '\\begin{toString}x\\end{toString}',
];

function doubling(steps: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxy';
  let macros = '\\def\\a{xxxxxxxxxx}';
  for (let step = 1; step < steps; step += 1)
    macros += `\\def\\${letters.charAt(step)}{\\${letters.charAt(step - 1)}\\${letters.charAt(step - 1)}}`;
  return `${macros}\\def\\z{\\${letters.charAt(steps - 1)}}`;
}

const marks: readonly Surroundings[] = [
  (tex) => `$${tex}$`,
  (tex) => `$$${tex}$$`,
  (tex) => `$$\n${tex}\n$$`,
  (tex) => `\\(${tex}\\)`,
  (tex) => `\\[${tex}\\]`,
  (tex) => `\\[\n${tex}\n\\]`,
  (tex) => `\`\`\`math\n${tex}\n\`\`\``,
  (tex) => `Text $${tex}$, text.\n\n> $$${tex}$$`,
  (tex) => `| $${tex}$ |\n|---|\n| \\(${tex}\\) |`,
  (tex) => `# $${tex}$\n\n- $$${tex}$$`,
  (tex) => `[$${tex}$](https://example.invalid/)`,
  (tex) => `![$${tex}$](https://example.invalid/)`,
  (tex) => `**$${tex}$**[^f]\n\n[^f]: \\(${tex}\\)`,
  (tex) => `$${tex}`,
  (tex) => `$$\n${tex}`,
  (tex) => `\\(${tex}`,
];

const wraps: readonly Disguise[] = [
  (tex) => tex,
  (tex) => `\\text{${tex}}`,
  (tex) => `\\frac{${tex}}{${tex}}`,
  (tex) => `\\boxed{${tex}}`,
  (tex) => `\\begin{pmatrix}${tex}&1\\\\1&${tex}\\end{pmatrix}`,
  (tex) => `\\def\\y{${tex}}\\y`,
  (tex) => `\\newcommand\\y[1]{#1}\\y{${tex}}`,
  (tex) => `\\left.${tex}\\right|_{${tex}}`,
  (tex) => `\\color{red}{${tex}}`,
  (tex) => `x_{${tex}}^{${tex}}`,
  (tex) => `\\mathrm{${tex}}\\operatorname*{${tex}}`,
  (tex) => `\\htmlClass{a}{${tex}}`,
  (tex) => `\\href{https://example.invalid/}{${tex}}`,
  (tex) => tex.replaceAll('\\', '\\\\'),
  (tex) => tex.replaceAll('{', '').replaceAll('}', ''),
  (tex) => `${tex}\\tag{${tex}}`,
];

/** TeX that would act, and TeX that is hard to draw. */
export const math: Family = {
  name: 'math',
  share: 12,
  chosen: formulas.map(
    (formula): Vector =>
      (bait) =>
        `$$\n${formula(bait)}\n$$\n\nand $${formula(bait)}$`,
  ),
  generate: (random) => {
    const formula = random.pick(formulas);
    const wrap = random.pick(wraps);
    const mark = random.pick(marks);
    return (bait) => mark(wrap(formula(bait)));
  },
};
