import { equal } from 'node:assert/strict';
import { diagramSize, withoutBlankLines } from '../../../../../src/webview/markdown/diagram/diagramSize';

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
      `sequenceDiagram\n${'  A->>B: Hello, this is a message\n'.repeat(90)}`,
      `mindmap\n  root\n\n\n\n${'    leaf with some words\n'.repeat(90)}`,
      'timeline\n  2002 : A packet : 123456',
      `flowchart LR\n${'\n'.repeat(600)}  A --> B`,
      'packet-beta\n\n\n  0 - 15 : "a"\n  + 16: "b"',
    ])
      equal(diagramSize(source), 'small', source.slice(0, 200));
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
      'gantt\n  excludes weekends\n  a :b, 0001-01-01, 9999-01-01',
      `gantt\n  excludes weekends\n${'  a :b, 2024-01-01, 999d\n'.repeat(90)}`,
      `sequenceDiagram\n${Array.from({ length: 200 }, (_, index) => `A${String(index)}->>B${String(index)}: x`).join('\n')}`,
      `flowchart TD\n${Array.from({ length: 200 }, (_, index) => `A${String(index)};B${String(index)};C${String(index)}`).join('\n')}`,
      `flowchart LR\n  A["${'<'.repeat(10_000)}"]`,
      `mindmap\n  root\n${'    leaf\n'.repeat(300)}`,
      `${'%%{init: {}}%%\n'.repeat(500)}flowchart LR\n  A --> B`,
      `packet-beta\n${'\n'.repeat(1_500)}x`,
      `packet-beta\n  0 - 99999 : "x"`,
      `\n\n  block-beta  \n  columns \t 1000000000\n  a`,
    ])
      equal(diagramSize(source), 'too large', source.slice(0, 200));
  });

  it('leaves it to the user to draw those that take seconds', () => {
    for (const source of [
      `sequenceDiagram\n${'  A->>B: Hello, this is a message\n'.repeat(200)}`,
      `mindmap\n  root\n${'    leaf\n'.repeat(200)}`,
      `flowchart TD\n${Array.from({ length: 90 }, (_, index) => `A${String(index)} --> B`).join('\n')}`,
      `sequenceDiagram\n${Array.from({ length: 60 }, (_, index) => `A${String(index)}->>B${String(index)}: x`).join('\n')}`,
      `block-beta\ncolumns 3\n${Array.from({ length: 60 }, (_, index) => `a${String(index)} b${String(index)} c`).join('\n')}`,
    ])
      equal(diagramSize(source), 'large', source.slice(0, 200));
  });

  it('looks at each character a limited number of times, whatever is repeated', () => {
    // Each was once looked at more often with each line; 19,900 blank lines would have taken twenty minutes.
    const sorts = ['packet-beta', 'packet', 'block-beta', 'venn-beta', 'gantt', 'flowchart LR', ''];
    const units = [
      '\n',
      ' ',
      '\t',
      '\r',
      '\v',
      '\u00a0',
      '1',
      '+',
      '-',
      ':',
      '"',
      '0-',
      'columns ',
      'block ',
      'set ',
      '1 ',
      ' \n',
    ];
    for (const sort of sorts)
      for (const unit of units)
        for (const end of ['x', '1:', '"'])
          for (const length of [900, 19_900]) {
            const source = `${sort}\n${unit.repeat(Math.floor(length / unit.length))}${end}`;
            equal(typeof diagramSize(source), 'string');
          }
  }).timeout(5_000);

  it('hands Mermaid no line of spaces and no run of blank lines, and keeps the indentation', () => {
    equal(withoutBlankLines('mindmap  \n\n   \n\n  root\n    leaf   \n'), 'mindmap\n\n  root\n    leaf\n');
    equal(withoutBlankLines('a\nb'), 'a\nb');
  });
});
