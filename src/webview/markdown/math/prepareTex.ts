/** Replacements for LaTeX commands that Temml does not know. Values are TeX, with `#1` for the first argument. */
export const extraMacros: Readonly<Record<string, string>> = {
  '\\mbox': '\\text{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\scr': '\\mathscr',
  '\\circled': '\\boxed{#1}',
  '\\overarc': '\\wideparen{#1}',
  '\\uline': '\\underline{#1}',
  '\\st': '\\sout{#1}',
  '\\centernot': '\\not',
  '\\xlongrightarrow': '\\xrightarrow{#1}',
  '\\xlongleftarrow': '\\xleftarrow{#1}',
  '\\xmark': '\\times',
  '\\hfill': '\\quad',
  '\\strut': '\\vphantom{(}',
  '\\url': '\\texttt{#1}',
  '\\href': '\\@secondoftwo{#1}{#2}',
  '\\multicolumn': '\\@secondoftwo{#1#2}{#3}',
  '\\vspace': '\\@secondoftwo{#1}{}',
  '\\require': '\\@secondoftwo{#1}{}',
  '\\cline': '\\@secondoftwo{#1}{}',
  '\\SI': '{#1}\\,\\mathrm{#2}',
  '\\si': '\\mathrm{#1}',
  '\\unit': '\\mathrm{#1}',
  '\\num': '{#1}',
  '\\ang': '{#1}^{\\circ}',
  '\\celsius': '{}^{\\circ}\\mathrm{C}',
  '\\differentialD': '\\mathrm{d}',
};

/** Environments that only say that this is a formula. */
const wrappers = /\\(?:begin|end)\{(?:displaymath|math|subequations)\}/g;
/** The argument of a command for text. Linear: each part is read once. */
const textArgument = /\\(?:text(?:tt|bf|it|rm|sf|up)?|mbox|operatorname)\*?\{[^{}$\\]*\}/g;

/**
 * Translates the TeX that models write into the LaTeX that Temml reads: environments of other packages, underscores in
 * text, and definitions that belong into a preamble.
 */
export function prepareTex(tex: string): string {
  return (
    tex
      .replaceAll(wrappers, '')
      .replaceAll(/\\(begin|end)\{flalign(\*?)\}/g, String.raw`\$1{align$2}`)
      .replaceAll(/\\begin\{eqnarray\*?\}/g, String.raw`\begin{array}{rcl}`)
      .replaceAll(/\\end\{eqnarray\*?\}/g, String.raw`\end{array}`)
      .replaceAll(/\\begin\{numcases\}\{([^{}]*)\}/g, String.raw`$1\begin{cases}`)
      .replaceAll(String.raw`\end{numcases}`, String.raw`\end{cases}`)
      .replaceAll(
        /\\DeclareMathOperator\*?\{(\\[A-Za-z]{1,40})\}\{([^{}]*)\}/g,
        String.raw`\newcommand{$1}{\operatorname{$2}}`,
      )
      // The separator between the columns of an array.
      .replaceAll(/@\{[^{}]*\}/g, '')
      .replaceAll(textArgument, (part) => part.replaceAll('_', String.raw`\_`))
  );
}
