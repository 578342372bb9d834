import { directives, endings, labels, sorts } from './diagrams';
import type { Family, Vector } from './vector';

/** Diagrams that are known to be hard to draw, or whose numbers ask for more than a page can hold. */
const greedy: readonly Vector[] = [
  () =>
    'gantt\n  dateFormat YYYY-MM-DD\n  excludes monday,tuesday,wednesday,thursday,friday,saturday,sunday\n  section a\n  b :c, 2024-01-01, 3d',
  () =>
    'gantt\n  dateFormat YYYY-MM-DD\n  excludes weekends\n  weekend friday\n  section a\n  b :c, 0001-01-01, 9999999d',
  () =>
    'gantt\n  dateFormat YYYY-MM-DD\n  tickInterval 1millisecond\n  section a\n  b :c, 0001-01-01, 9999-12-31',
  () => 'gantt\n  dateFormat YYYY-MM-DD\n  tickInterval 1second\n  section a\n  b :c, 1970-01-01, 400000d',
  () => 'gantt\n  dateFormat YYYY-MM-DD\n  axisFormat %L\n  section a\n  b :c, -271821-01-01, 275760-01-01',
  () => 'gantt\n  dateFormat X\n  section a\n  b :c, 1, 99999999999999999999s',
  () =>
    `gantt\n  dateFormat YYYY-MM-DD\n${Array.from({ length: 300 }, (_, index) => `  t${String(index)} :a${String(index)}, after a${String((index + 1) % 300)}, 1d`).join('\n')}`,
  () => 'packet-beta\n  0-99999999: "x"',
  () => 'packet-beta\n  0-9007199254740991: "x"',
  () => 'packet-beta\n  +100000000: "x"',
  () => 'block-beta\n  columns 1000000000\n  a b c',
  () => 'block-beta\n  columns 1\n  a:1000000 b:99999999',
  () => 'block-beta\n  space:99999999\n  a',
  () => `block-beta\n${'block\n'.repeat(200)}a\n${'end\n'.repeat(200)}`,
  () => 'xychart-beta\n  x-axis 0 --> 100000000\n  y-axis 0 --> 1e308\n  bar [1, 2, 3]',
  () =>
    `xychart-beta\n  x-axis [${Array.from({ length: 3_000 }, (_, index) => `a${String(index)}`).join(', ')}]\n  bar [${Array.from({ length: 3_000 }, (_, index) => String(index)).join(', ')}]`,
  () => 'radar-beta\n  axis a, b, c\n  curve x{1, 2, 3}\n  ticks 100000000\n  max 1e308',
  () => 'pie\n  "a" : 1e308\n  "b" : 0.0000000001\n  "c" : 99999999999999999999999',
  () => `pie\n${Array.from({ length: 2_000 }, (_, index) => `  "a${String(index)}" : 1`).join('\n')}`,
  () =>
    `flowchart LR\n${Array.from({ length: 499 }, (_, index) => `  a${String(index)} --> a${String(index + 1)}`).join('\n')}`,
  () =>
    `flowchart LR\n  ${Array.from({ length: 22 }, (_, index) => `a${String(index)}`).join(' & ')} --> ${Array.from({ length: 22 }, (_, index) => `b${String(index)}`).join(' & ')}`,
  () =>
    `flowchart TD\n${Array.from({ length: 60 }, (_, index) => `  subgraph s${String(index)}`).join('\n')}\n  a --> b\n${'  end\n'.repeat(60)}`,
  () => `flowchart LR\n  a ${'-'.repeat(2_000)}> b`,
  () => `flowchart LR\n  a ---${'-'.repeat(400)}> b ---> a`,
  () => `flowchart LR\n  ${'a['.repeat(500)}`,
  () =>
    `sequenceDiagram\n${Array.from({ length: 400 }, (_, index) => `  A${String(index % 40)}->>A${String((index + 7) % 40)}: m`).join('\n')}`,
  () => `sequenceDiagram\n${'  loop x\n'.repeat(150)}  A->>B: y\n${'  end\n'.repeat(150)}`,
  () => `sequenceDiagram\n  A->>B: ${'x'.repeat(20_000)}`,
  () =>
    `stateDiagram-v2\n${Array.from({ length: 40 }, (_, index) => `state s${String(index)} {`).join('\n')}\n[*] --> a\n${'}\n'.repeat(40)}`,
  () => 'stateDiagram-v2\n  state a {\n  a --> a\n  }\n  a --> a',
  () =>
    `classDiagram\n${Array.from({ length: 150 }, (_, index) => `  A${String(index)} <|-- A${String(index + 1)}`).join('\n')}`,
  () =>
    `erDiagram\n${Array.from({ length: 150 }, (_, index) => `  A${String(index)} ||--o{ A${String((index * 7) % 150)} : x`).join('\n')}`,
  () =>
    `mindmap\n${Array.from({ length: 120 }, (_, index) => `${'  '.repeat(index + 1)}n${String(index)}`).join('\n')}`,
  () => `mindmap\n  root\n${Array.from({ length: 300 }, (_, index) => `    n${String(index)}`).join('\n')}`,
  () => `timeline\n${Array.from({ length: 300 }, (_, index) => `  ${String(index)} : x : y`).join('\n')}`,
  () =>
    `gitGraph\n${Array.from({ length: 300 }, (_, index) => `  commit id: "${String(index)}"`).join('\n')}`,
  () => 'gitGraph\n  commit\n  branch b order: 999999999\n  commit\n  cherry-pick id: "x"',
  () =>
    `sankey-beta\n${Array.from({ length: 300 }, (_, index) => `a${String(index % 20)},b${String(index)},${String(index)}`).join('\n')}`,
  () => 'sankey-beta\na,b,1\nb,a,1',
  () =>
    `quadrantChart\n${Array.from({ length: 500 }, (_, index) => `  p${String(index)}: [0.5, 0.5]`).join('\n')}`,
  () =>
    `kanban\n${Array.from({ length: 200 }, (_, index) => `  c${String(index)}[x]\n    t${String(index)}[y]`).join('\n')}`,
  () =>
    `treemap-beta\n${Array.from({ length: 200 }, (_, index) => `${' '.repeat(index)}"n${String(index)}"`).join('\n')}: 1`,
  () =>
    `architecture-beta\n${Array.from({ length: 60 }, (_, index) => `  service s${String(index)}(server)[x]`).join('\n')}\n${Array.from({ length: 59 }, (_, index) => `  s${String(index)}:R -- L:s${String(index + 1)}`).join('\n')}`,
  () =>
    `requirementDiagram\n${Array.from({ length: 100 }, (_, index) => `  element e${String(index)} {\n  type: x\n  }`).join('\n')}`,
  () => `venn-beta\n${Array.from({ length: 40 }, (_, index) => `  set S${String(index)}: 10`).join('\n')}`,
  () => `railroad-ebnf-beta\n  a = ${'('.repeat(300)}"x"${')'.repeat(300)} ;`,
  () => `railroad-beta\n  a = ${'optional('.repeat(200)}terminal("x")${')'.repeat(200)};`,
  () => `treeView-beta\n${Array.from({ length: 300 }, (_, index) => `${' '.repeat(index)}"n"`).join('\n')}`,
  () =>
    `ishikawa-beta\n${Array.from({ length: 200 }, (_, index) => `${' '.repeat(index % 30)}n${String(index)}`).join('\n')}`,
  () =>
    `wardley-beta\n${Array.from({ length: 200 }, (_, index) => `component C${'x'.repeat(index)} [0.${String(index + 1)}, 0.5]`).join('\n')}`,
  () => `%%${'{'.repeat(2_000)}\nflowchart LR\n  A --> B`,
  () => `%%{init: ${'{"a":'.repeat(2_000)}\nflowchart LR\n  A --> B`,
  () => `${'%%{init: {}}%%\n'.repeat(500)}flowchart LR\n  A --> B`,
  () => `---\n${'- '.repeat(500)}\n---\nflowchart LR\n  A --> B`,
  () =>
    `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nconfig: {x: [*e,*e,*e,*e,*e,*e,*e,*e,*e]}\n---\nflowchart LR\n  A --> B`,
  () => '\n'.repeat(20_000) + 'flowchart LR\n A --> B',
  // As long as a diagram may be, so that the estimate of its size looks at each blank line.
  () => `packet-beta\n${'\n'.repeat(19_900)}x`,
  () => `packet-beta\n${' \n'.repeat(9_900)}x`,
  () => `gantt\n${'\n'.repeat(19_900)}x`,
  () => ' '.repeat(40_000) + 'flowchart LR\n A --> B',
  () => 'x'.repeat(49_000),
  () => `flowchart LR\n  A["${'<'.repeat(10_000)}"]`,
  () => `flowchart LR\n  A["${'&'.repeat(10_000)}"]`,
  () => `classDiagram\n  class A~${'T~'.repeat(2_000)}`,
];

const fenced = (source: string): string => `\`\`\`mermaid\n${source}\n\`\`\``;

/** Mermaid's own words for linking, calling and configuring, in every sort of diagram. */
export const mermaid: Family = {
  name: 'mermaid',
  share: 10,
  chosen: [
    ...greedy,
    ...sorts.flatMap((sort) => [
      (bait: Parameters<Vector>[0]) => sort(`<img src='${bait.url}' onerror='${bait.script}'>`, bait),
      (bait: Parameters<Vector>[0]) => sort('Plain words', bait),
    ]),
    ...endings.map(
      (ending): Vector =>
        (bait) =>
          `flowchart LR\n  A[x] --> B${ending(bait)}`,
    ),
    ...directives.map(
      (directive): Vector =>
        (bait) =>
          `${directive(bait)}flowchart LR\n  A["<img src='${bait.url}'>"] --> B`,
    ),
  ].map(
    (vector): Vector =>
      (bait) =>
        fenced(vector(bait)),
  ),
  generate: (random) => {
    const sort = random.pick(sorts);
    const label = random.pick(labels);
    const directive = random.pick(directives);
    const ending = random.pick(endings);
    return (bait) => fenced(`${directive(bait)}${sort(label(bait), bait)}${ending(bait)}`);
  },
};
