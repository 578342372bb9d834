import assert from 'node:assert/strict';
import { chooseTestFile, testFilePattern } from '../../../../src/core/quickActions/chooseTestFile';

interface Case {
  readonly title: string;
  readonly source: string;
  readonly tests: readonly string[];
  /** The path of the test file, with `new` before one that does not exist yet; undefined for none. */
  readonly gives: string | undefined;
}

const cases: readonly Case[] = [
  {
    title: 'the existing test beside the source',
    source: 'src/cart.ts',
    tests: ['src/order.test.ts', 'src/cart.test.ts'],
    gives: 'src/cart.test.ts',
  },
  {
    title: 'the nearest of several tests with the same name',
    source: 'src/shop/index.ts',
    tests: ['test/admin/index.spec.ts', 'test/shop/index.spec.ts'],
    gives: 'test/shop/index.spec.ts',
  },
  {
    title: 'a new test beside the source, as the others are',
    source: 'src/cart.ts',
    tests: ['src/order.spec.ts'],
    gives: 'new src/cart.spec.ts',
  },
  {
    title: 'a new test in a folder __tests__ beside the source',
    source: 'src/shop/cart.tsx',
    tests: ['src/admin/__tests__/user.test.tsx'],
    gives: 'new src/shop/__tests__/cart.test.tsx',
  },
  {
    title: 'a new test in the folder that mirrors the folder of the source',
    source: 'src/core/edits/cart.ts',
    tests: ['test/unit/host/a.test.ts', 'test/unit/core/edits/b.test.ts'],
    gives: 'new test/unit/core/edits/cart.test.ts',
  },
  {
    title: 'a new test in the one folder of all tests',
    source: 'shop/cart.py',
    tests: ['tests/test_order.py'],
    gives: 'new tests/test_cart.py',
  },
  {
    title: 'a new Java test under src/test',
    source: 'src/main/java/shop/cart/Cart.java',
    tests: ['src/test/java/shop/order/OrderTest.java'],
    gives: 'new src/test/java/shop/cart/CartTest.java',
  },
  {
    title: 'the first Java test of a project',
    source: 'src/main/java/shop/Cart.java',
    tests: [],
    gives: 'new src/test/java/shop/CartTest.java',
  },
  { title: 'the first Go test of a project', source: 'cart.go', tests: [], gives: 'new cart_test.go' },
  {
    title: 'the first Vue test of a project',
    source: 'src/Cart.vue',
    tests: [],
    gives: 'new src/Cart.test.ts',
  },
  {
    title: 'a test for the end of the name only',
    source: 'src/cart.ts',
    tests: ['src/shopping-cart.test.ts'],
    gives: 'new src/cart.test.ts',
  },
  {
    title: 'nothing for a test itself',
    source: 'src/cart.test.ts',
    tests: ['src/cart.test.ts'],
    gives: undefined,
  },
  { title: 'nothing for a style sheet', source: 'src/cart.css', tests: [], gives: undefined },
  {
    title: 'nothing for Rust, whose tests are in the source',
    source: 'src/cart.rs',
    tests: [],
    gives: undefined,
  },
  { title: 'nothing for a file without an extension', source: 'Makefile', tests: [], gives: undefined },
  { title: 'nothing for the first C test of a project', source: 'src/cart.c', tests: [], gives: undefined },
];

describe('the test file of a source file', () => {
  for (const { title, source, tests, gives } of cases) {
    it(`is ${title}`, () => {
      const file = chooseTestFile(source, tests);
      assert.equal(file && (file.exists ? file.path : `new ${file.path}`), gives);
    });
  }

  it('comes with another test as an example', () => {
    const file = chooseTestFile('src/cart.ts', ['src/order.test.ts', 'src/cart.test.ts']);
    assert.equal(file?.example, 'src/order.test.ts');
  });

  it('is searched for by the names of its language', () => {
    assert.equal(testFilePattern('a/cart.py'), '**/{test_*,*_test}.{py}');
    assert.equal(testFilePattern('a/cart.ex'), '**/{*_test}.{exs}');
    assert.equal(testFilePattern('a/cart.css'), undefined);
  });
});
