import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import typescript from 'typescript';

/** A regular expression of the product. */
export interface FoundExpression {
  /** Relative to the checkout, with forward slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** A call of `new RegExp`, whose pattern its code does not spell out. */
export interface Construction {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Every literal and every construction in src. */
export function collectRegularExpressions(): {
  readonly literals: readonly FoundExpression[];
  readonly constructions: readonly Construction[];
} {
  const literals: FoundExpression[] = [];
  const constructions: Construction[] = [];
  for (const path of globSync('src/**/*.{ts,tsx}').sort()) {
    const file = path.replaceAll('\\', '/');
    const source = typescript.createSourceFile(
      file,
      readFileSync(path, 'utf8'),
      typescript.ScriptTarget.Latest,
      true,
    );
    const visit = (node: typescript.Node): void => {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (typescript.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        literals.push({ file, line, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      } else if (
        (typescript.isNewExpression(node) || typescript.isCallExpression(node)) &&
        ['RegExp', 'LazyExpression'].includes(node.expression.getText())
      ) {
        constructions.push({ file, line, text: node.getText() });
      }
      typescript.forEachChild(node, visit);
    };
    visit(source);
  }
  return { literals, constructions };
}

/** What these files construct while they are loaded, in a process of its own, which records it. */
export function recordConstructed(files: readonly string[]): readonly FoundExpression[] {
  const recorder = resolve('test/unit/regularExpressions/recordConstructed.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', recorder, ...files], {
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: 'test/tsconfig.json' },
  });
  return JSON.parse(output) as FoundExpression[];
}
