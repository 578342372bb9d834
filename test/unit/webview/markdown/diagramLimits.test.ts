import { equal } from 'node:assert/strict';
import { isTooLarge } from '../../../../src/webview/markdown/diagramLimits';

describe('diagramLimits', () => {
  it('lets diagrams through as people and models write them', () => {
    for (const source of [
      'flowchart LR\n  A[Question] -->|asks| B{Known?}',
      'packet-beta\n  0-15: "Source Port"\n  16-31: "Destination Port"\n  96-1023: "Data of RFC 2460: 9999"\n  +32: "x"',
      'block-beta\n  columns 3\n  a["Port :8080"]:3\n  block:inner:2\n    b\n  end\n  space:2\n  c',
      'gantt\n  dateFormat YYYY-MM-DD\n  A task :a1, 2024-01-01, 365d\n  B :after a1, 9999h',
      'gantt\n  dateFormat X\n  A :1704067200, 1704153600',
      'venn-beta\n  set A: 10\n  set B: 5\n  union A,B: 2',
      'pie\n  "All" : 123456789',
      `sequenceDiagram\n${'  A->>B: Hello, this is a message\n'.repeat(200)}`,
      `mindmap\n  root\n\n\n\n${'    leaf\n'.repeat(200)}`,
      'timeline\n  2002 : A packet : 123456',
    ])
      equal(isTooLarge(source), false, source.slice(0, 200));
  });

  it('keeps those as source that would hold up the panel', () => {
    for (const source of [
      'packet-beta\n  0-99999999: "x"',
      'packet\n  +100000000: "x"',
      'block-beta\n  columns 1000000000\n  a',
      'block\n  space:99999\n  a',
      `block-beta\n${'block\n'.repeat(50)}a\n${'end\n'.repeat(50)}`,
      `venn-beta\n${Array.from({ length: 40 }, (_, index) => `set S${String(index)}: 1`).join('\n')}`,
      'gantt\n  excludes weekends\n  a :b, 0001-01-01, 9999999d',
      `flowchart LR\n  A["${'<'.repeat(10_000)}"]`,
      `mindmap\n  root\n${'    leaf\n'.repeat(300)}`,
      `${'%%{init: {}}%%\n'.repeat(500)}flowchart LR\n  A --> B`,
    ])
      equal(isTooLarge(source), true, source.slice(0, 200));
  });
});
