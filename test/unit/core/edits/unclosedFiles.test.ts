import { placementTable } from './placementTable';

placementTable('asks before a line goes away from a part that the file never closes', [
  {
    name: 'a condition',
    info: 'js',
    file: 'start();\nif (x) {\n  a();\n  b();\n',
    block: 'if (x) {\n  a();\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a function in TypeScript',
    info: 'ts',
    file: "import { a } from './a';\n\nexport function run(): void {\n  a();\n  stop();\n",
    block: 'export function run(): void {\n  a();\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a class whose second method the block does not have',
    info: 'java',
    file: 'class A {\n  void one() {\n    a();\n  }\n\n  void two() {\n    b();\n  }\n',
    block: 'class A {\n  void one() {\n    a(1);\n  }\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a function in Go',
    info: 'go',
    file: 'func run() {\n\ta()\n\tb()\n',
    block: 'func run() {\n\ta()\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a function in Rust, for which the block has another line',
    info: 'rust',
    file: 'fn run() {\n    a();\n    b();\n',
    block: 'fn run() {\n    a();\n    c();\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a rule of CSS',
    info: 'css',
    file: '.a {\n  color: red;\n  margin: 0;\n',
    block: '.a {\n  color: red;\n}\n',
    expected: 'unclear',
  },
  {
    name: 'an object of JSON',
    info: 'json',
    file: '{\n  "a": 1,\n  "b": 2\n',
    block: '{\n  "a": 1\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a function in PHP with a Chinese comment',
    info: 'php',
    file: '<?php\nfunction run() {\n    a(); // 开始\n    b(); // 结束\n',
    block: 'function run() {\n    a(); // 开始\n}\n',
    expected: 'unclear',
  },
  {
    name: 'a call whose arguments go on',
    info: 'js',
    file: 'setup({\n  a: 1,\n  b: 2,\n',
    block: 'setup({\n  a: 1,\n});\n',
    expected: 'unclear',
  },
  {
    name: 'a second part that is not closed, after one that is',
    info: 'c',
    file: 'int one(void) {\n  return 1;\n}\n\nint two(void) {\n  a();\n  return 2;\n',
    block: 'int two(void) {\n  a();\n}\n',
    expected: 'unclear',
  },
]);

placementTable('changes a part whose lines the block all has', [
  {
    name: 'the end of a chain of calls',
    info: 'js',
    file: 'load().then(() => {\n  a();\n})\n  .catch(one);\n\nstop();\n',
    block: 'load().then(() => {\n  a();\n})\n  .catch(two);\n',
    expected: 'load().then(() => {\n  a();\n})\n  .catch(two);\n\nstop();\n',
  },
  {
    name: 'a function that the file does not close and the block does',
    info: 'js',
    file: 'function run() {\n  a();\n',
    block: 'function run() {\n  a();\n  b();\n}\n',
    expected: 'function run() {\n  a();\n  b();\n}\n',
  },
  {
    name: 'a closed function that loses a line',
    info: 'js',
    file: 'function run() {\n  a();\n  b();\n}\n\nstop();\n',
    block: 'function run() {\n  a();\n}\n',
    expected: 'function run() {\n  a();\n}\n\nstop();\n',
  },
  {
    name: 'a closed function in a file whose other function is not closed',
    info: 'js',
    file: 'function one() {\n  a();\n  b();\n}\n\nfunction two() {\n  c();\n',
    block: 'function one() {\n  a();\n}\n',
    expected: 'function one() {\n  a();\n}\n\nfunction two() {\n  c();\n',
  },
  {
    name: 'a line with a bracket in a regular expression',
    info: 'js',
    file: 'const open = /[(]/;\nconst close = 1;\n',
    block: 'const open = /x/;\nconst close = 1;\n',
    expected: 'const open = /x/;\nconst close = 1;\n',
  },
  {
    name: 'a function with a bracket in a regular expression',
    info: 'js',
    file: 'function run(text) {\n  const open = /[(]/;\n  return open.test(text);\n}\n\nstop();\n',
    block: 'function run(text) {\n  const open = /x/;\n  return open.test(text);\n}\n',
    expected: 'function run(text) {\n  const open = /x/;\n  return open.test(text);\n}\n\nstop();\n',
  },
]);
