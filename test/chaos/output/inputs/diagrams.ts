import type { Bait, Vector } from './vector';

/** Writes a diagram with a hostile label wherever the sort of diagram takes words. */
export type Diagram = (label: string, bait: Bait) => string;

/** Every sort of diagram that Mermaid knows. */
export const sorts: readonly Diagram[] = [
  (label) =>
    `flowchart LR\n  A["${label}"] -->|"${label}"| B{"${label}"}\n  subgraph S["${label}"]\n  A\n  end`,
  (label) => `graph TD\n  A[${label}]-->B(${label})\n  B-->C>${label}]\n  C==>D[/${label}/]`,
  (label) => `flowchart TB\n  A@{ shape: rounded, label: "${label}" }\n  A e1@--> B\n  e1@{ animate: true }`,
  (label, { url }) =>
    `flowchart TB\n  A@{ img: "${url}", label: "${label}", pos: "t", w: 60, h: 60, constraint: "on" }`,
  (label, { url }) =>
    `flowchart TB\n  A@{ icon: "fa:user", form: "square", label: "${label}" }\n  B["fa:fa-car <img src='${url}'>"]`,
  (label) => `flowchart LR\n  A["\`**${label}** _${label}_\`"] --> B["#quot;${label}#lt;b#gt;"]`,
  (label) => `flowchart-elk TD\n  A["${label}"] --> B`,
  (label) => `swimlane-beta\n  lane A["${label}"]\n  A["${label}"] --> B`,
  (label) =>
    `sequenceDiagram\n  title ${label}\n  participant A as ${label}\n  actor B as ${label}\n  A->>B: ${label}\n  Note over A,B: ${label}\n  loop ${label}\n  B-->>A: ${label}\n  end\n  box ${label}\n  participant C\n  end`,
  (label, { url, script }) =>
    `sequenceDiagram\n  participant A\n  links A: {"x": "${url}", "y": "javascript:${script}"}\n  link A: ${label} @ javascript:${script}\n  properties A: {"class": "${label}", "icon": "${url}"}\n  details A: ${label}\n  A->>A: $$${label}$$`,
  (label, { script }) =>
    `classDiagram\n  class A["${label}"] {\n    +${label} f(${label}) ${label}\n    <<${label}>>\n  }\n  A <|-- B : ${label}\n  note for A "${label}"\n  click A href "javascript:${script}" "${label}"\n  callback A "${script}"`,
  (label, { script }) =>
    `stateDiagram-v2\n  [*] --> A : ${label}\n  state "${label}" as B\n  A --> B\n  note right of B : ${label}\n  click A "javascript:${script}" "${label}"\n  state C {\n    [*] --> D : ${label}\n  }`,
  (label) => `stateDiagram\n  [*] --> A : ${label}\n  A : ${label}`,
  (label) =>
    `erDiagram\n  "${label}" ||--o{ B : "${label}"\n  B["${label}"] {\n    string ${label.replaceAll(/\W/g, '')}x PK "${label}"\n  }`,
  (label, { script }) =>
    `gantt\n  title ${label}\n  dateFormat YYYY-MM-DD\n  section ${label}\n  ${label.replaceAll(':', ' ')} :a1, 2024-01-01, 3d\n  b :after a1, 2d\n  click a1 href "javascript:${script}"\n  click a1 call ${script}`,
  (label) => `pie showData title ${label}\n  "${label}" : 30\n  "b" : 70`,
  (label) =>
    `quadrantChart\n  title ${label}\n  x-axis "${label}" --> "b"\n  y-axis "c" --> "${label}"\n  quadrant-1 "${label}"\n  "${label}": [0.3, 0.6]`,
  (label) =>
    `requirementDiagram\n  requirement "${label}" {\n  id: 1\n  text: "${label}"\n  risk: high\n  verifymethod: test\n  }\n  element e {\n  type: "${label}"\n  docref: "${label}"\n  }\n  e - satisfies -> "${label}"`,
  (label) =>
    `gitGraph\n  commit id: "${label}" tag: "${label}"\n  branch "${label}"\n  commit msg: "${label}"\n  checkout main\n  merge "${label}" tag: "${label}"`,
  (label, { url }) =>
    `C4Context\n  title ${label}\n  Person(a, "${label}", "${label}", "${url}", "t", "${url}")\n  System(b, "${label}", $sprite="${url}", $link="javascript:x", $tags="${label}")\n  Rel(a, b, "${label}", "${label}", $link="${url}")\n  UpdateElementStyle(a, $bgColor="url(${url})", $fontColor="red")`,
  (label) =>
    `C4Deployment\n  Deployment_Node(a, "${label}", "${label}") {\n  Container(b, "${label}", "${label}", "${label}")\n  }`,
  (label, { url }) =>
    `mindmap\n  root(("${label}"))\n    ${label}\n      ::icon(fa fa-book)\n      ::icon(${url})\n    b["${label}"]\n    :::urgent large`,
  (label) => `timeline\n  title ${label}\n  section ${label}\n  2002 : ${label} : ${label}`,
  (label) =>
    `journey\n  title ${label}\n  section ${label}\n  ${label.replaceAll(':', ' ')}: 5: ${label.replaceAll(':', ' ')}, Cat`,
  (label) => `sankey-beta\n"${label.replaceAll('"', '""')}",b,10\nb,"c",5`,
  (label) =>
    `xychart-beta\n  title "${label}"\n  x-axis "${label}" [a, "${label}", c]\n  y-axis "${label}" 0 --> 10\n  bar [1, 2, 3]\n  line [3, 2, 1]`,
  (label) =>
    `block-beta\n  columns 3\n  a["${label}"] b(("${label}")):2\n  a -- "${label}" --> b\n  style a fill:red`,
  (label) => `packet-beta\n  title ${label}\n  0-15: "${label}"\n  16-31: "b"`,
  (label, { url }) =>
    `kanban\n  todo["${label}"]\n    a["${label}"]@{ ticket: "${label}", assigned: "${label}", priority: "Very High" }\n    b[x]@{ icon: "${url}" }`,
  (label, { url }) =>
    `---\nconfig:\n  kanban:\n    ticketBaseUrl: "${url}/#TICKET#"\n---\nkanban\n  todo[x]\n    a[${label}]@{ ticket: T-1 }`,
  (label) =>
    `architecture-beta\n  group g(cloud)[${label}]\n  service a(database)["${label}"] in g\n  service b(server)[b] in g\n  a:L -- R:b`,
  (label, { url }) =>
    `architecture-beta\n  service a(logos:aws)[x]\n  service b("${url}")[${label}]\n  a:L --> R:b`,
  (label) =>
    `radar-beta\n  title ${label}\n  axis a["${label}"], b["b"], c["c"]\n  curve x["${label}"]{1, 2, 3}`,
  (label) => `treemap-beta\n"${label}"\n  "${label}": 10\n  "b": 20:::c\nclassDef c fill:red;`,
  (label) => `treeView-beta\n"${label}"\n  "b" :::c icon(folder) ## ${label}`,
  (label) =>
    `venn-beta\n  title ${label}\n  set A["${label}"]: 10\n  set B: 5\n  union A,B["${label}"]: 2\n  text A "${label}"`,
  (label) => `ishikawa-beta\n  ${label}\n    ${label}\n      c`,
  (label) =>
    `wardley-beta\ntitle ${label}\nanchor Business [0.95, 0.63]\ncomponent Cup [0.79, 0.61] label [19, -4]\nBusiness -> Cup; ${label}\nnote "${label}" [0.2, 0.3]`,
  (label) =>
    `cynefin-beta\n  title ${label}\n  complex\n    "${label}"\n  clear\n    "b"\n  complex --> clear: ${label}`,
  (label) =>
    `eventmodeling\n  tf 01 ui ${label.replaceAll(/\W/g, '')}x\n  tf 02 cmd AddItem \`${label}\`\n  tf 03 evt Added`,
  (label) =>
    `railroad-beta\n  title ${label}\n  a = sequence(terminal("${label}"), choice(nonterminal("b"), special("${label}")));`,
  (label) => `railroad-ebnf-beta\n  a = "${label}" | { b } ;\n  b = ? ${label} ? ;`,
  (label) => `railroad-abnf-beta\n  a = "${label}" / 1*b\n  b = %x41-5A`,
  (label) => `railroad-peg-beta\n  A <- "${label}" / B* ;\n  B <- .`,
  (label) => `info showInfo\n%% ${label}`,
  (label) => `${label}\n  A --> B`,
];

/** Words on a diagram that would run, fetch or style. */
export const labels: readonly Vector[] = [
  () => 'x',
  ({ script }) => `<script>${script}</script>`,
  ({ script }) => `<img src=x onerror=${script}>`,
  ({ url }) => `<img src=${url}>`,
  ({ url }) => `<img src='${url}'/><br/><b>x</b>`,
  ({ script }) => `<svg onload=${script}></svg>`,
  ({ script }) => `<a href='javascript:${script}'>x</a>`,
  ({ script }) => `<iframe srcdoc='<script>parent.${script}</script>'></iframe>`,
  ({ url }) => `<iframe src='${url}'></iframe>`,
  ({ url }) => `<style>*{background:url(${url})}</style>`,
  ({ url }) => `<link rel=stylesheet href='${url}'>`,
  ({ url }) => `<p style='background:url(${url})'>x</p>`,
  ({ url }) => `<video src='${url}' poster='${url}' autoplay></video>`,
  ({ url }) => `<object data='${url}'></object><embed src='${url}'>`,
  ({ url }) => `<input type=image src='${url}'><table background='${url}'>`,
  ({ url }) => `<svg><image href='${url}'/><use href='${url}#a'/></svg>`,
  ({ script }) => `<math><mtext><table><mglyph><style><img src=x onerror=${script}>`,
  ({ script }) => `#lt;img src=x onerror=${script}#gt;`,
  ({ script }) => `&lt;img src=x onerror=${script}&gt;`,
  ({ url }) => `![x](${url})`,
  ({ script }) => `[x](javascript:${script})`,
  ({ script }) => `$$\\href{javascript:${script}}{x}$$`,
  ({ url }) => `$$\\includegraphics{${url}}$$`,
  () => 'fa:fa-bomb fab:fa-github',
  () => '__proto__',
  () => 'constructor',
  () => 'toString',
  () => '\u202e\u0000\ud800x',
  () => 'a\u0300'.repeat(300),
  () => 'long '.repeat(400),
  () => `${'('.repeat(200)}x${')'.repeat(200)}`,
  () => '<br/>'.repeat(200),
  () => ';:,-->|{}[]()%%"\'`',
  () => '',
];

/** What stands before a diagram to change how it is drawn. */
export const directives: readonly ((bait: Bait) => string)[] = [
  () => '',
  () => '',
  () => '',
  () => '%%{init: {"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true}}}%%\n',
  () => "%%{init: {'securityLevel': 'sandbox', 'startOnLoad': true, 'secure': []}}%%\n",
  () => '%%{initialize: {"secure": [], "maxTextSize": 1e9, "maxEdges": 1e9}}%%\n',
  ({ url }) => `%%{init: {"themeCSS": "@import '${url}'; * { background: url(${url}) }"}}%%\n`,
  ({ url }) =>
    `%%{init: {"theme": "base", "themeVariables": {"primaryColor": "url(${url})", "fontFamily": "x;}@import '${url}';{"}}}%%\n`,
  ({ url }) => `%%{init: {"fontFamily": "x; } * { background-image: url(${url}) } .y {"}}%%\n`,
  () => '%%{init: {"themeVariables": {"fontSize": "99999px", "darkMode": "x"}}}%%\n',
  () => '%%{init: {"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}}%%\n',
  () =>
    '%%{init: {"dompurifyConfig": {"ADD_TAGS": ["script", "iframe"], "ADD_ATTR": ["onerror", "onload"], "FORCE_BODY": true}}}%%\n',
  () => '%%{init: {"layout": "elk", "look": "handDrawn", "handDrawnSeed": 1}}%%\n',
  () => '%%{init: {"layout": "__proto__", "look": "neo", "theme": "neo"}}%%\n',
  () =>
    '%%{init: {"flowchart": {"curve": "__proto__", "defaultRenderer": "elk", "nodeSpacing": 1e9, "rankSpacing": -1e9}}}%%\n',
  () =>
    '%%{init: {"sequence": {"actorMargin": 1e9, "width": 1e9, "wrap": true}, "er": {"fontSize": 1e9}}}%%\n',
  () => '%%{wrap}%%\n',
  ({ url }) =>
    `---\ntitle: <img src=${url}>\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n  themeCSS: "*{background:url(${url})}"\n---\n`,
  () => '---\nconfig: &a [*a, *a]\n---\n',
  () => '---\nconfig:\n  theme: !!js/function "x"\n  x: &x {a: *x}\n---\n',
  ({ script }) => `accTitle: <script>${script}</script>\naccDescr: <img src=x onerror=${script}>\n`,
];

/** What stands after a diagram. */
export const endings: readonly ((bait: Bait) => string)[] = [
  () => '',
  () => '',
  () => '',
  ({ script }) => `\n  click A "javascript:${script}" _blank`,
  ({ script }) => `\n  click A call ${script}`,
  ({ script }) => `\n  click A ${script.replaceAll(/\W/g, '')} "tip <img src=x onerror=${script}>"`,
  ({ url }) => `\n  click A href "${url}" "tip" _self`,
  () => '\n  click A href "command:workbench.action.quit"',
  ({ url }) => `\n  style A fill:url(${url}),background-image:url(${url})`,
  ({ url }) => `\n  style A filter:url(${url}#a),mask:url("${url}#b"),cursor:url(${url})`,
  ({ url }) => `\n  classDef default fill:url(${url}),list-style-image:url(${url})\n  class A default`,
  ({ url }) => `\n  linkStyle default stroke:url(${url}),marker-end:url(${url}#x)`,
  ({ url }) => `\n  classDef x background:image-set('${url}' 1x)\n  class A x`,
  () => '\n  style A position:fixed,inset:0,z-index:9999,width:100vw',
  () => '\n  class A __proto__\n  class B constructor',
  () => '\n  accTitle: x\n  accDescr { x\n y }',
];
