/** An answer with an example of each Markdown extension that Parley renders beyond CommonMark. */
export const richAnswer = `> [!NOTE]
> The area grows with the **square** of the radius[^circle].

> [!WARNING]
> Prices from $5 to $6 are no formulas.

Inline $e^{i\\pi} + 1 = 0$, numbers $x \\in \\mathbb{R}$, and displayed:

$$
\\begin{aligned}
A &= \\pi r^2 \\\\
\\boxed{\\frac{dA}{dr}} &= \\color{red}{2 \\pi r}
\\end{aligned}
$$

A wrong one: $\\frac{$ and \\(\\notacommand{x}\\).

\`\`\`mermaid
flowchart LR
  A[Question] -->|asks| B{Known?}
  B -->|yes| C[(Answer)]
  B -->|no| D([Search])
  D --> B
  style C fill:#2d6a4f,color:#fff
\`\`\`

Change \`src/format.ts\`:

\`\`\`diff src/format.ts
@@ -1,3 +1,3 @@
 export function format(value: number) {
-  return value.toFixed(1);
+  return new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value);
 }
\`\`\`

\`\`\`bash
$ npm test
12 passed
\`\`\`

\`\`\`mermaid
flowchart LR
  A --
\`\`\`

[^circle]: As Archimedes *showed*.
`;
