import type { Bait, Family, Vector } from './vector';

/** A text that brings every renderer of Markdown to work, with something hostile in each. */
const everything: Vector = ({ script, url }) => `# Heading <img src=x onerror=${script}>

So it *is* **said** ~~never~~ in \`code <script>${script}</script>\`, with a [link](${url}), a [dead one](javascript:${script}),
a ![picture](${url}), a note[^1], $x^2$, $\\href{javascript:${script}}{x$ and $\\includegraphics{${url}}$.

> [!WARNING]
> <iframe src="${url}"></iframe>

> Quoted by <b onclick=${script}>nobody</b>

1. One
   - [x] Done: <svg onload=${script}>
   - [ ] Not done

| a <img src="${url}"> | b |
|:--|--:|
| 1 | <script>${script}</script> |

[^1]: Noted: ![picture](${url})

\`\`\`js src/<img src=x onerror=${script}>.ts
const a = "<script>${script}</script>"; // ${url}
\`\`\`

\`\`\`diff
-<script>${script}</script>
+<img src="${url}">
\`\`\`

\`\`\`mermaid
flowchart LR
  A["<img src='${url}' onerror='${script}'>"] --> B
  click A "javascript:${script}"
\`\`\`

\`\`\`mermaid
flowchart <script>${script}</script>
\`\`\`
`;

/** A picture that would run, fetch and frame; what shows sounds and videos gets it as well. */
function livingPicture({ script, url }: Bait): string {
  return `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${script}"><script>${script}</script><image href="${url}"/><style>@import "${url}"</style></svg>`;
}

/** Inputs that are part of every run, however short, so that every renderer has something to draw. */
export const samples: Family = {
  name: 'sample',
  share: 0,
  // As many as there are sorts of media times sorts of endings (`eventsOf`).
  chosen: Array.from({ length: 12 }, (_, index) => (bait: Bait) => `${everything(bait)}\n${String(index)}`),
  address: livingPicture,
  generate: () => everything,
};
