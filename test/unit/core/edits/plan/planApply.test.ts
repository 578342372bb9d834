import assert from 'node:assert/strict';
import { applyLineEdits, splitText } from '../../../../../src/core/edits/lines/lineEdit';
import { timeRatio } from '../../../../support/timeRatio';
import { planApply } from '../../../../../src/core/edits/plan/planApply';

const calculator = `import { round } from './round';

/** Adds. */
export function add(left: number, right: number): number {
  return left + right;
}

/** Divides. */
export function divide(left: number, right: number): number {
  const result = left / right;
  return round(result);
}

export class Calculator {
  private total = 0;

  add(value: number): this {
    this.total = add(this.total, value);
    return this;
  }

  get result(): number {
    return this.total;
  }
}
`;

function applied(file: string, block: string, info = 'ts'): string {
  const plan = planApply({ block, info, file });
  if (plan.kind !== 'edits') return plan.kind;
  const { lines, eol } = splitText(file);
  return applyLineEdits(lines, plan.edits).join(eol);
}

describe('planApply', () => {
  it('replaces a function by name and keeps its comment and everything around it', () => {
    const block = `export function divide(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError('Division by zero');
  return dividend / divisor;
}`;
    assert.equal(
      applied(calculator, block),
      calculator.replace(/export function divide[^]*?\n\}/, () => block),
    );
  });

  it('replaces the comment above a function when the block has one too', () => {
    const block = `/** Adds two numbers. */
export function add(left: number, right: number): number {
  return right + left;
}`;
    assert.equal(
      applied(calculator, block),
      calculator.replace(/\/\*\* Adds\. \*\/\n[^]*?\n\}/, () => block),
    );
  });

  it('indents a method as in its class when the block has no indentation', () => {
    const block = 'get result(): number {\n  return Math.round(this.total);\n}';
    assert.equal(
      applied(calculator, block),
      calculator.replace('return this.total;', 'return Math.round(this.total);'),
    );
  });

  it("converts spaces of a block to the file's tabs", () => {
    const tabbed = calculator.replaceAll('  ', '\t');
    const block = `export function divide(left: number, right: number): number {
    const result = left / right;
    if (!Number.isFinite(result)) {
        throw new RangeError();
    }
    return round(result);
}`;
    assert.equal(
      applied(tabbed, block),
      tabbed.replace(
        'left / right;\n',
        'left / right;\n\tif (!Number.isFinite(result)) {\n\t\tthrow new RangeError();\n\t}\n',
      ),
    );
  });

  it('puts a new function after the one that precedes it in the block', () => {
    const block = `export function add(left: number, right: number): number {
  return left + right;
}

export function subtract(left: number, right: number): number {
  return left - right;
}`;
    assert.equal(
      applied(calculator, block),
      calculator.replace(/export function add[^]*?\n\}/, () => block),
    );
  });

  it('asks when the file has two functions with the same name', () => {
    const file = 'class A {\n  run() {\n    one();\n  }\n}\n\nclass B {\n  run() {\n    two();\n  }\n}\n';
    assert.equal(applied(file, 'run() {\n  three();\n}'), 'unclear');
  });

  it('replaces a whole file that the block resembles and keeps its last line end', () => {
    const block = calculator.replace('left + right', 'right + left').trimEnd();
    assert.equal(applied(calculator, block), `${block}\n`);
    assert.equal(applied(calculator.trimEnd(), block), block);
  });

  it('fills an empty file', () => {
    assert.equal(applied('', 'a\nb'), 'a\nb\n');
    assert.equal(applied('\n', 'a\nb'), 'a\nb\n');
  });

  for (const elision of [
    '// ...',
    '// ... existing code ...',
    '// ...existing code...',
    '/* ... */',
    '// rest of the code remains unchanged',
    '// 其余代码保持不变',
    '// …',
    '...',
  ])
    it(`keeps the code that “${elision}” stands for`, () => {
      const block = `import { round } from './round';
import { log } from './log';
${elision}
export function divide(left: number, right: number): number {
  log('divide');
  const result = left / right;
${elision}
}
${elision}`;
      const expected = calculator
        .replace("'./round';\n", "'./round';\nimport { log } from './log';\n")
        .replace('  const result =', "  log('divide');\n  const result =");
      const result = applied(calculator, block);
      // Few lines after a placeholder may have no unambiguous place. Then the user is asked.
      assert.ok(result === expected || result === 'unclear', result);
      const anchored = block.replace(`${elision}\n}\n`, '  return round(result);\n}\n');
      assert.equal(applied(calculator, anchored), expected);
    });

  it('does not end in the next function although its closing brackets are the same', () => {
    const file = `export function first(input: string): void {
  if (input === 'a') {
    one();
  }
  if (input === 'b') {
    two();
  }
  three();
}

export function second(input: string): void {
  if (input === 'c') {
    four();
  }
}

export function third(): void {
  five();
}
`;
    const block = `// ...
  if (input === 'a') {
    one();
    fresh();
  }
  if (input === 'b') {
    fresh();
  }
}
// ...`;
    assert.equal(applied(file, block), 'unclear');
    const whole = block
      .replace('// ...\n', 'export function first(input: string): void {\n')
      .replace('\n// ...', '');
    assert.equal(
      applied(file, whole),
      file.replace(/export function first[^]*?\n\}/, () => whole),
    );
  });

  it('begins at the nearest equal line', () => {
    const file = `function run() {
  if (early) {
    first();
  }
  if (ready) {
    second();
    if (ready) {
      third();
    }
  }
  fourth();
  if (ready) {
    fifth();
    sixth();
  }
}
close();
`;
    const block = '// ...\n  }\n  if (ready) {\n    sixth();\n// ...';
    assert.equal(applied(file, block), 'unclear');
  });

  const script = `import os

def first(path):
    one(path)
    two(path)
    return path

def second():
    three()
`;

  it('keeps the rest of a body without closing bracket', () => {
    const block = 'def first(path):\n    check(path)\n    one(path)\n    # ... rest of the function';
    const expected = script.replace('    one', '    check(path)\n    one');
    assert.equal(applied(script, block, 'python'), expected);
    assert.equal(
      applied(script, `${block}\n\ndef second():\n    four()`, 'python'),
      expected.replace('three', 'four'),
    );
  });

  it('asks whether a body continues when it ends before a placeholder without indentation', () => {
    const block = 'def first(path):\n    check(path)\n    one(path)\n# ...';
    assert.equal(applied(script, block, 'python'), 'unclear');
    assert.equal(
      applied(script, block.replace('# ...', '    return path\n# ...'), 'python'),
      script.replace('    one(path)\n    two(path)', '    check(path)\n    one(path)'),
    );
  });

  it('keeps the closing bracket when another bracket has the same indentation by chance', () => {
    const file = `class A {
  begin() {
    zero();
  }

  run() {
    one();
    if (ready) {
      two();
      if (steady) {
        three();
        four();
      }
      five();
    }
  }
}
`;
    const block = `  one();
  if (ready) {
    fresh();
    if (steady) {
      three();
      four();
    }
  }
}`;
    const inner = block.replace(/^/gm, '  ');
    const expected = file.replace(/ {4}one[^]* {2}\}(?=\n\})/, () => inner);
    const result = applied(file, block);
    assert.ok(result === expected || result === 'unclear', result);
  });

  it('restores the indentation of the first line if only this line has lost it', () => {
    const method = 'add(value: number): this {\n    this.total += value;\n    return this;\n  }';
    assert.equal(
      applied(calculator, method),
      calculator.replace('this.total = add(this.total, value);', 'this.total += value;'),
    );
    const lines = 'const result = left / right;\n  log(result);\n  return round(result);';
    assert.equal(
      applied(calculator, lines),
      calculator.replace('  return round', '  log(result);\n  return round'),
    );
    const file = 'class A:\n    def run(self):\n        one()\n\n    def stop(self):\n        two()\n';
    assert.equal(
      applied(file, 'def run(self):\n        fresh()\n        one()', 'python'),
      file.replace('        one', '        fresh()\n        one'),
    );
    assert.equal(
      applied(file, 'def run(self):\n    fresh()\n    one()', 'python'),
      file.replace('        one', '        fresh()\n        one'),
    );
  });

  it('keeps the members that a placeholder in a class stands for', () => {
    const block = `export class Calculator {
  // ... existing code ...

  get result(): number {
    return Math.round(this.total);
  }
}`;
    assert.equal(
      applied(calculator, block),
      calculator.replace('return this.total;', 'return Math.round(this.total);'),
    );
  });

  it('treats spread syntax and a stub as code', () => {
    const file = 'def keep():\n    ...\n\ndef other():\n    return 1\n';
    assert.equal(applied(file, 'def other():\n    ...'), 'def keep():\n    ...\n\ndef other():\n    ...\n');
    const list = 'const all = [\n  first,\n  second,\n];\nrun(all);\nclose();\n';
    const spread = 'const all = [\n  ...more,\n  first,\n  second,\n];';
    assert.equal(applied(list, spread), `${spread}\nrun(all);\nclose();\n`);
  });

  it('asks for the place of new code and offers the end of the file', () => {
    const plan = planApply({ file: calculator, info: 'ts', block: 'export const epsilon = 1e-9;' });
    assert.ok(plan.kind === 'unclear');
    const [end] = plan.places.filter(({ kind }) => kind === 'end');
    assert.ok(end);
    assert.equal(
      applyLineEdits(splitText(calculator).lines, end.edits).join('\n'),
      `${calculator}\nexport const epsilon = 1e-9;\n`,
    );
  });

  it('reports that the file already has a change', () => {
    assert.equal(applied(calculator, calculator), 'already');
    assert.equal(
      applied(
        calculator,
        '/** Adds. */\nexport function add(left: number, right: number): number {\n  return left + right;\n}',
      ),
      'already',
    );
    assert.equal(applied('b\n', '@@ -1 +1 @@\n-a\n+b', 'diff'), 'already');
    assert.equal(applied('a\nsecond\n', '@@ -1 +1,2 @@\n a\n+second', 'diff'), 'already');
  });

  it("applies a diff with wrong line numbers, lost spaces and other indentation, and keeps the file's line ends", () => {
    const windows = calculator.replaceAll('\n', '\r\n');
    const diff = `--- a/calculator.ts
+++ b/calculator.ts
@@ -99,3 +99,4 @@ export function divide
 const result = left / right;
-return round(result);
+log(result);
+return round(result, 2);
 }

 export class Calculator {
@@ ... @@
   get result(): number {
-    return this.total;
+    return -this.total;`;
    assert.equal(
      applied(windows, diff, 'diff'),
      windows
        .replace('  return round(result);', '  log(result);\r\n  return round(result, 2);')
        .replace('return this.total;', 'return -this.total;'),
    );
  });

  it('uses the line numbers of a diff if several places fit', () => {
    assert.equal(applied('a\nx\na\nx\n', '@@ -3,2 +3,2 @@\n a\n-x\n+y', 'diff'), 'a\nx\na\ny\n');
    assert.equal(applied('a\nx\na\nx\n', '@@\n a\n-x\n+y', 'diff'), 'unclear');
  });

  it('removes lines at the end of a diff', () => {
    assert.equal(applied('a\nb\nc\n', '@@\n a\n-b', 'diff'), 'a\nc\n');
    assert.equal(applied('a\nc\n', '@@\n a\n-b', 'diff'), 'already');
    assert.equal(applied('a\nb\nc\n', '@@\n a\n-b\n-c\n+d', 'diff'), 'a\nd\n');
  });

  it('does not apply only a part of a diff', () => {
    assert.equal(applied('a\nb\n', '@@ -1 +1 @@\n-a\n+A\n@@ -9 +9 @@\n-nowhere\n+else', 'diff'), 'unclear');
  });

  it('handles a large file in time in proportion to its length', () => {
    const insert = (lines: number): void => {
      const file = Array.from({ length: lines }, (_, index) => `  call${index}(argument${index % 97});`).join(
        '\n',
      );
      const [at, next] = [lines * 0.75, lines * 0.75 + 1];
      const last = `  call${next}(argument${next % 97});`;
      const block = `  call${at}(argument${at % 97});\n  inserted();\n${last}`;
      assert.equal(applied(file, block), file.replace(last, `  inserted();\n${last}`));
    };
    const ratio = timeRatio(
      () => {
        insert(20_000);
      },
      () => {
        for (let round = 0; round < 10; round += 1) insert(2_000);
      },
    );
    assert.ok(ratio < 5, `${ratio} times the time of ten files of a tenth of the length`);
  });
});
