import { deepStrictEqual } from 'node:assert/strict';
import { readModule } from '../../../../scripts/structure/readModule.mjs';

function importsOf(text: string, path = 'src/a.ts'): Record<string, string[] | 'all'> {
  return Object.fromEntries(
    readModule(path, text).imports.map(({ specifier, names }) => [
      specifier,
      names === 'all' ? names : [...names].toSorted(),
    ]),
  );
}

const imports: Record<string, [text: string, names: string[] | 'all']> = {
  'names, also renamed ones': ["import { one, two as other } from './x';", ['one', 'two']],
  types: ["import type { One } from './x'; import { type Two } from './y';", ['One']],
  'the default': ["import x from './x';", ['default']],
  'the default and names': ["import x, { one } from './x';", ['default', 'one']],
  'nothing, to run the module': ["import './x';", []],
  'the module as a whole, by its properties': [
    "import * as x from './x'; x.one(x.two); type T = x.Three;",
    ['Three', 'one', 'two'],
  ],
  'the module as a whole, passed on': ["import * as x from './x'; use(x);", 'all'],
  'the module as a whole, by keys that are computed': ["import * as x from './x'; x.one; x[key];", 'all'],
  'names that it exports again': ["export { one as other } from './x';", ['one']],
  'everything that it exports again': ["export * from './x';", 'all'],
  'everything under one name': ["export * as x from './x';", 'all'],
  'a type in place': ["let a: import('./x').One<import('./x').One>;", ['One']],
  'a nested type in place': ["let a: import('./x').One.Two;", ['One']],
  'the type of a module': ["let a: typeof import('./x');", 'all'],
  'names of a dynamic import': [
    "async function f() { const { one, two: other } = await import('./x'); }",
    ['one', 'two'],
  ],
  'the rest of a dynamic import': ["const { one, ...rest } = await import('./x');", 'all'],
  'a property of a dynamic import': ["const a = async () => (await import('./x')).one;", ['one']],
  'a call of a dynamic import': ["(await import('./x')).one({ two: 2 });", ['one']],
  'a dynamic import under a name': ["const x = await import('./x'); x.one(); x.two;", ['one', 'two']],
  'names in a callback': ["void import('./x').then(({ one }) => one(), fail);", ['one']],
  'a module in a callback': ["import('./x').then((x) => new x.One());", ['One']],
  'a callback without the module': ["import('./x').then(() => done());", []],
  'a callback from elsewhere': ["import('./x').then(callback);", 'all'],
  'a module that goes elsewhere': ["Promise.all([import('./x')]);", 'all'],
  JSX: ["import { One } from './x'; const a = <One />;", ['One']],
};

describe('readModule', () => {
  for (const [name, [text, names]] of Object.entries(imports))
    it(`finds an import of ${name}`, () => {
      deepStrictEqual(importsOf(text, 'src/a.tsx')['./x'], names);
    });

  for (const text of [
    "// import { one } from './x';",
    'const text = "import { one } from \'./x\'";',
    "/** See {@link import('./x').One}. */ const a = 1;",
    'const a = await import(name);',
  ])
    it(`finds no import in ${text}`, () => {
      deepStrictEqual(importsOf(text), {});
    });

  it('finds every kind of export, with its line', () => {
    const { exports } = readModule(
      'src/a.ts',
      [
        'export function one() {}',
        'export async function* two() {}',
        'export class Three {}',
        'export interface Four {}',
        'export type Five = 1;',
        'export const six = 1, seven = 2;',
        'export const { eight, nine: [ten], ...eleven } = six;',
        'export enum Twelve {}',
        'const hidden = 1;',
        'export { hidden as thirteen };',
        "export { fourteen } from './x';",
        "export * as fifteen from './y';",
        'export default hidden;',
        '/** A comment before */',
        'export abstract class Sixteen {}',
      ].join('\n'),
    );
    deepStrictEqual(
      exports.map(({ name, line }) => `${name} ${line}`),
      [
        ...[
          'one 1',
          'two 2',
          'Three 3',
          'Four 4',
          'Five 5',
          'six 6',
          'seven 6',
          'eight 7',
          'ten 7',
          'eleven 7',
        ],
        ...['Twelve 8', 'thirteen 10', 'fourteen 11', 'fifteen 12', 'default 13', 'Sixteen 15'],
      ],
    );
  });
});
