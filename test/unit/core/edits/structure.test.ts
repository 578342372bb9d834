import { placementTable } from './placementTable';

const compose =
  'services:\n  web:\n    image: nginx\n    ports:\n      - "80:80"\n  db:\n    image: postgres\n\nvolumes:\n  data:\n';
const express =
  "const app = express();\n\napp.get('/a', (req, res) => {\n  res.send('a');\n});\n\napp.get('/b', (req, res) => {\n  res.send('b');\n});\n\napp.listen(3000);\n";
const shop = `import { a } from './a';

export class Shop {
  open() {
    this.log('open');
    return true;
  }

  sell(item) {
    this.check(item);
    return this.price(item);
  }

  close() {
    this.log('close');
    return false;
  }
}
`;

placementTable('adds what is new beside a placeholder', [
  {
    name: 'a service of docker compose, after the others',
    info: 'yaml',
    file: compose,
    block: 'services:\n  # ... existing services ...\n  cache:\n    image: redis\n',
    expected: compose.replace('postgres\n', 'postgres\n  cache:\n    image: redis\n'),
  },
  {
    name: 'a service of docker compose, before the others',
    info: 'yaml',
    file: compose,
    block: 'services:\n  cache:\n    image: redis\n  # ...\n',
    expected: compose.replace('  web', '  cache:\n    image: redis\n  web'),
  },
  {
    name: 'a route of express',
    info: 'js',
    file: express,
    block:
      "// ... existing routes ...\n\napp.post('/c', (req, res) => {\n  res.send('c');\n});\n\napp.listen(3000);\n",
    expected: express.replace(
      'app.listen',
      "app.post('/c', (req, res) => {\n  res.send('c');\n});\n\napp.listen",
    ),
  },
  {
    name: 'a method at the end of a class',
    info: 'ts',
    file: shop,
    block: 'export class Shop {\n  // ... existing methods ...\n\n  count() {\n    return 0;\n  }\n}\n',
    expected: shop.replace('false;\n  }\n', 'false;\n  }\n\n  count() {\n    return 0;\n  }\n'),
  },
  {
    name: 'a field at the beginning of a class',
    info: 'ts',
    file: shop,
    block: 'export class Shop {\n  private total = 0;\n\n  // ... rest of the class\n}\n',
    expected: shop.replace('Shop {\n', 'Shop {\n  private total = 0;\n\n'),
  },
  {
    name: 'a method after another one',
    info: 'ts',
    file: shop,
    block:
      'export class Shop {\n  // ...\n\n  sell(item) {\n    // ...\n  }\n\n  buy(item) {\n    this.check(item);\n  }\n\n  // ...\n}\n',
    expected: shop.replace(
      'price(item);\n  }\n',
      'price(item);\n  }\n\n  buy(item) {\n    this.check(item);\n  }\n',
    ),
  },
  {
    name: 'a case of a switch in Go, whose labels are as deep as the switch',
    info: 'go',
    file: 'func f(k string) {\n\tswitch k {\n\tcase "a":\n\t\trun(1)\n\tdefault:\n\t\tstop()\n\t}\n}\n',
    block:
      'func f(k string) {\n\tswitch k {\n\t\t// ... existing cases ...\n\tcase "b":\n\t\trun(2)\n\tdefault:\n\t\tstop()\n\t}\n}\n',
    expected:
      'func f(k string) {\n\tswitch k {\n\tcase "a":\n\t\trun(1)\n\tcase "b":\n\t\trun(2)\n\tdefault:\n\t\tstop()\n\t}\n}\n',
    orAsks: true,
  },
  {
    name: 'a dependency of package.json, with the comma that becomes due',
    info: 'json',
    file: '{\n  "name": "app",\n  "dependencies": {\n    "a": "1.0.0",\n    "b": "2.0.0"\n  }\n}\n',
    block:
      '{\n  // ...\n  "dependencies": {\n    // ... existing dependencies ...\n    "c": "3.0.0"\n  }\n}\n',
    expected:
      '{\n  "name": "app",\n  "dependencies": {\n    "a": "1.0.0",\n    "b": "2.0.0",\n    "c": "3.0.0"\n  }\n}\n',
  },
  {
    name: 'a rule of CSS',
    info: 'css',
    file: '.a {\n  color: red;\n}\n\n.b {\n  color: blue;\n}\n',
    block: '/* ... existing styles ... */\n\n.c {\n  color: green;\n}\n',
    expected: '.a {\n  color: red;\n}\n\n.b {\n  color: blue;\n}\n\n.c {\n  color: green;\n}\n',
    orAsks: true,
  },
  {
    name: 'a model of Prisma’s field',
    info: 'prisma',
    file: 'model User {\n  id    Int    @id\n  email String\n}\n',
    block: 'model User {\n  // ... existing fields ...\n  age   Int?\n}\n',
    expected: 'model User {\n  id    Int    @id\n  email String\n  age   Int?\n}\n',
  },
  {
    name: 'a column of SQL',
    info: 'sql',
    file: 'CREATE TABLE users (\n  id INT PRIMARY KEY,\n  name TEXT\n);\n',
    block: 'CREATE TABLE users (\n  -- ... existing columns ...\n  age INT\n);\n',
    expected: 'CREATE TABLE users (\n  id INT PRIMARY KEY,\n  name TEXT,\n  age INT\n);\n',
    orAsks: true,
  },
  {
    name: 'a location of nginx',
    info: 'nginx',
    file: 'server {\n    listen 80;\n    location / {\n        root /srv;\n    }\n}\n',
    block:
      'server {\n    # ... existing configuration ...\n    location /api {\n        proxy_pass http://api;\n    }\n}\n',
    expected:
      'server {\n    listen 80;\n    location / {\n        root /srv;\n    }\n    location /api {\n        proxy_pass http://api;\n    }\n}\n',
  },
  {
    name: 'a section of TOML',
    info: 'toml',
    file: '[package]\nname = "a"\n\n[dependencies]\nserde = "1"\n',
    block: '[dependencies]\n# ... existing dependencies ...\ntokio = "1"\n',
    expected: '[package]\nname = "a"\n\n[dependencies]\nserde = "1"\ntokio = "1"\n',
  },
  {
    name: 'a struct’s field in Rust',
    info: 'rust',
    file: 'pub struct Config {\n    pub port: u16,\n    pub host: String,\n}\n',
    block: 'pub struct Config {\n    // ... existing fields ...\n    pub tls: bool,\n}\n',
    expected: 'pub struct Config {\n    pub port: u16,\n    pub host: String,\n    pub tls: bool,\n}\n',
  },
  {
    name: 'a view of Django at the end of the file',
    info: 'python',
    file: 'from django import http\n\n\ndef index(request):\n    return http.ok()\n',
    block: '# ... existing code ...\n\n\ndef about(request):\n    return http.ok()\n',
    expected:
      'from django import http\n\n\ndef index(request):\n    return http.ok()\n\n\ndef about(request):\n    return http.ok()\n',
  },
  {
    name: 'a test in a describe',
    info: 'ts',
    file: "describe('add', () => {\n  it('adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n",
    block:
      "describe('add', () => {\n  // ... existing tests ...\n\n  it('adds negatives', () => {\n    expect(add(-1, -2)).toBe(-3);\n  });\n});\n",
    expected:
      "describe('add', () => {\n  it('adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n\n  it('adds negatives', () => {\n    expect(add(-1, -2)).toBe(-3);\n  });\n});\n",
  },
  {
    name: 'an element of a list in HTML',
    info: 'html',
    file: '<ul id="nav">\n  <li><a href="/">Home</a></li>\n  <li><a href="/shop">Shop</a></li>\n</ul>\n',
    block: '<ul id="nav">\n  <!-- ... existing links ... -->\n  <li><a href="/about">About</a></li>\n</ul>\n',
    expected:
      '<ul id="nav">\n  <li><a href="/">Home</a></li>\n  <li><a href="/shop">Shop</a></li>\n  <li><a href="/about">About</a></li>\n</ul>\n',
  },
  {
    name: 'a function of Lua before a return',
    info: 'lua',
    file: 'local M = {}\n\nfunction M.one()\n  return 1\nend\n\nreturn M\n',
    block: '-- ... existing code ...\n\nfunction M.two()\n  return 2\nend\n\nreturn M\n',
    expected:
      'local M = {}\n\nfunction M.one()\n  return 1\nend\n\nfunction M.two()\n  return 2\nend\n\nreturn M\n',
  },
  {
    name: 'a method of Ruby',
    info: 'ruby',
    file: 'class A\n  def one\n    1\n  end\nend\n',
    block: 'class A\n  # ... existing methods ...\n\n  def two\n    2\n  end\nend\n',
    expected: 'class A\n  def one\n    1\n  end\n\n  def two\n    2\n  end\nend\n',
  },
  {
    name: 'an impl’s function in Rust',
    info: 'rust',
    file: 'impl A {\n    fn one(&self) -> u8 {\n        1\n    }\n}\n',
    block: 'impl A {\n    // ... existing code ...\n\n    fn two(&self) -> u8 {\n        2\n    }\n}\n',
    expected:
      'impl A {\n    fn one(&self) -> u8 {\n        1\n    }\n\n    fn two(&self) -> u8 {\n        2\n    }\n}\n',
  },
  {
    name: 'asks when a new route without a placeholder may replace the one that is there',
    info: 'js',
    file: "app.get('/a', (req, res) => {\n  res.send('a');\n});\n\napp.listen(3000);\n",
    block: "app.get('/b', (req, res) => {\n  res.send('b');\n});\n\napp.listen(3000);\n",
    expected: 'unclear',
  },
]);

placementTable('merges a part of a container into it', [
  {
    name: 'one method of a class in Python',
    info: 'python',
    file: "class Repo:\n    table = 'x'\n\n    def get(self, id):\n        return self.db.one(id)\n\n    def add(self, row):\n        self.db.insert(row)\n\n    def remove(self, id):\n        self.db.delete(id)\n",
    block: 'class Repo:\n    def add(self, row):\n        self.check(row)\n        self.db.insert(row)\n',
    expected:
      "class Repo:\n    table = 'x'\n\n    def get(self, id):\n        return self.db.one(id)\n\n    def add(self, row):\n        self.check(row)\n        self.db.insert(row)\n\n    def remove(self, id):\n        self.db.delete(id)\n",
  },
  {
    name: 'one method of a class in TypeScript',
    info: 'ts',
    file: shop,
    block: 'export class Shop {\n  sell(item) {\n    return 0;\n  }\n}\n',
    expected: shop.replace('    this.check(item);\n    return this.price(item);', '    return 0;'),
  },
  {
    name: 'a method alone, as deep as in the class',
    info: 'ts',
    file: shop,
    block: '  sell(item) {\n    return 0;\n  }\n',
    expected: shop.replace('    this.check(item);\n    return this.price(item);', '    return 0;'),
  },
  {
    name: 'the scripts of package.json',
    info: 'json',
    file: '{\n  "name": "app",\n  "version": "1.0.0",\n  "scripts": {\n    "build": "tsc",\n    "test": "mocha"\n  },\n  "private": true\n}\n',
    block: '{\n  "scripts": {\n    "build": "tsc",\n    "test": "mocha",\n    "lint": "eslint ."\n  }\n}\n',
    expected:
      '{\n  "name": "app",\n  "version": "1.0.0",\n  "scripts": {\n    "build": "tsc",\n    "test": "mocha",\n    "lint": "eslint ."\n  },\n  "private": true\n}\n',
  },
  {
    name: 'a job of a workflow',
    info: 'yaml',
    file: 'name: CI\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run build\n',
    block: 'jobs:\n  lint:\n    runs-on: macos-latest\n    steps:\n      - run: npm run lint\n',
    expected:
      'name: CI\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n  lint:\n    runs-on: macos-latest\n    steps:\n      - run: npm run lint\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run build\n',
  },
  {
    name: 'a rule of CSS alone',
    info: 'css',
    file: '.a {\n  color: red;\n}\n\n.b {\n  color: blue;\n  margin: 0;\n}\n\n.c {\n  top: 0;\n}\n',
    block: '.b {\n  color: navy;\n  margin: 0;\n}\n',
    expected: '.a {\n  color: red;\n}\n\n.b {\n  color: navy;\n  margin: 0;\n}\n\n.c {\n  top: 0;\n}\n',
  },
  {
    name: 'a table of TOML',
    info: 'toml',
    file: '[package]\nname = "a"\nversion = "1"\n\n[dependencies]\nserde = "1"\n\n[profile.release]\nlto = true\n',
    block: '[profile.release]\nlto = false\n',
    expected:
      '[package]\nname = "a"\nversion = "1"\n\n[dependencies]\nserde = "1"\n\n[profile.release]\nlto = false\n',
  },
  {
    name: 'two functions that have others between them',
    info: 'go',
    file: 'package a\n\nfunc one() int {\n\treturn 1\n}\n\nfunc two() int {\n\treturn 2\n}\n\nfunc three() int {\n\treturn 3\n}\n',
    block: 'func one() int {\n\treturn 11\n}\n\nfunc three() int {\n\treturn 33\n}\n',
    expected:
      'package a\n\nfunc one() int {\n\treturn 11\n}\n\nfunc two() int {\n\treturn 2\n}\n\nfunc three() int {\n\treturn 33\n}\n',
  },
  {
    name: 'a method of one of two types in Go',
    info: 'go',
    file: 'func (a *A) Run() int {\n\treturn 1\n}\n\nfunc (b *B) Run() int {\n\treturn 1\n}\n',
    block: 'func (b *B) Run() int {\n\treturn 2\n}\n',
    expected: 'func (a *A) Run() int {\n\treturn 1\n}\n\nfunc (b *B) Run() int {\n\treturn 2\n}\n',
  },
  {
    name: 'a section of Markdown',
    info: 'markdown',
    file: '# App\n\nIntro.\n\n## Install\n\nRun npm.\n\n## License\n\nMIT\n',
    block: '## Install\n\nRun pnpm.\n',
    expected: '# App\n\nIntro.\n\n## Install\n\nRun pnpm.\n\n## License\n\nMIT\n',
  },
  {
    name: 'asks when a class shows nothing that the file has',
    info: 'js',
    file: `class Big {\n${Array.from({ length: 20 }, (_, index) => `  m${index}() {\n    return ${index};\n  }\n`).join('')}}\n`,
    block: 'class Big {\n  extra() {\n    return -1;\n  }\n}\n',
    expected: 'unclear',
  },
  {
    name: 'asks when an interface shows only a new field',
    info: 'ts',
    file: 'export interface User {\n  id: number;\n  name: string;\n  mail: string;\n}\n',
    block: 'export interface User {\n  age: number;\n}\n',
    expected: 'unclear',
  },
  {
    name: 'asks when most options are shown and some are not',
    info: 'json',
    file: '{\n  "compilerOptions": {\n    "target": "ES2022",\n    "module": "NodeNext",\n    "strict": true,\n    "outDir": "dist",\n    "rootDir": "src"\n  },\n  "include": ["src"],\n  "exclude": ["dist"]\n}\n',
    block:
      '{\n  "compilerOptions": {\n    "target": "ES2022",\n    "module": "NodeNext",\n    "strict": true,\n    "noUncheckedIndexedAccess": true\n  }\n}\n',
    expected: 'unclear',
  },
  {
    name: 'asks which of two classes a method belongs to',
    info: 'ts',
    file: 'class A {\n  run() {\n    one();\n  }\n}\n\nclass B {\n  run() {\n    two();\n  }\n}\n',
    block: 'run() {\n  three();\n}',
    expected: 'unclear',
  },
  {
    name: 'asks when the whole class is shown but one method',
    info: 'ts',
    file: shop,
    block: shop.replace(/ {2}sell[^]*?\n {2}\}\n\n/, ''),
    expected: 'unclear',
  },
]);

placementTable('finds the place of everyday elisions', [
  {
    name: 'class { … method … }',
    info: 'ts',
    file: shop,
    block:
      'export class Shop {\n  // ... existing code ...\n\n  sell(item) {\n    this.check(item);\n    return this.price(item) * 2;\n  }\n\n  // ... existing code ...\n}\n',
    expected: shop.replace('price(item);', 'price(item) * 2;'),
  },
  {
    name: 'class { … method }',
    info: 'ts',
    file: shop,
    block:
      'export class Shop {\n  // ... existing code ...\n\n  sell(item) {\n    this.check(item);\n    return this.price(item) * 2;\n  }\n}\n',
    expected: shop.replace('price(item);', 'price(item) * 2;'),
  },
  {
    name: 'an import, the rest left out',
    info: 'ts',
    file: shop,
    block: "import { a, b } from './a';\n\n// ... rest of the file ...\n",
    expected: shop.replace('{ a }', '{ a, b }'),
  },
  {
    name: 'a new import, the rest left out',
    info: 'ts',
    file: shop,
    block: "import { a } from './a';\nimport { c } from './c';\n\n// ... rest of the file ...\n",
    expected: shop.replace("'./a';\n", "'./a';\nimport { c } from './c';\n"),
  },
  {
    name: 'a guard at the beginning of a body',
    info: 'ts',
    file: shop,
    block: '  sell(item) {\n    if (this.closed) return 0;\n    // ... existing code ...\n  }\n',
    expected: shop.replace('    this.check', '    if (this.closed) return 0;\n    this.check'),
  },
  {
    name: 'a line at the end of a body',
    info: 'ts',
    file: 'function run() {\n  one();\n  two();\n}\n',
    block: 'function run() {\n  // ...\n  three();\n}\n',
    expected: 'function run() {\n  one();\n  two();\n  three();\n}\n',
  },
  {
    name: 'the last return of a body',
    info: 'ts',
    file: shop,
    block: '  sell(item) {\n    // ... existing code ...\n    return this.price(item) * 2;\n  }\n',
    expected: shop.replace('price(item);', 'price(item) * 2;'),
  },
  {
    name: 'an import and a method, with the class left out around it',
    info: 'ts',
    file: shop,
    block:
      "import { a, b } from './a';\n\n// ... existing code ...\n\n  sell(item) {\n    return b(item);\n  }\n\n// ... existing code ...\n",
    expected: shop
      .replace('{ a }', '{ a, b }')
      .replace('    this.check(item);\n    return this.price(item);', '    return b(item);'),
    orAsks: true,
  },
  {
    name: 'a signature whose body stays',
    info: 'ts',
    file: shop,
    block: 'export class Shop {\n  // ...\n  sell(item, count) {\n    // ...\n  }\n  // ...\n}\n',
    expected: shop.replace('sell(item)', 'sell(item, count)'),
  },
  {
    name: 'a method of Python within its class',
    info: 'python',
    file: 'class A:\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2\n',
    block: 'class A:\n    # ... existing code ...\n\n    def two(self):\n        return 22\n',
    expected: 'class A:\n    def one(self):\n        return 1\n\n    def two(self):\n        return 22\n',
  },
  {
    name: 'a line added within a body between others',
    info: 'ts',
    file: 'function run() {\n  one();\n  two();\n  three();\n}\n',
    block: 'function run() {\n  // ...\n  two();\n  fresh();\n  // ...\n}\n',
    expected: 'function run() {\n  one();\n  two();\n  fresh();\n  three();\n}\n',
  },
  {
    name: 'a value of a nested key of YAML',
    info: 'yaml',
    file: 'a:\n  b:\n    c: 1\n    d: 2\n  e: 3\nf: 4\n',
    block: 'a:\n  b:\n    # ...\n    d: 5\n  # ...\n# ...\n',
    expected: 'a:\n  b:\n    c: 1\n    d: 5\n  e: 3\nf: 4\n',
  },
  {
    name: 'a component of React',
    info: 'tsx',
    file: 'import { useState } from \'react\';\n\nexport function App() {\n  const [count, setCount] = useState(0);\n\n  return (\n    <div className="app">\n      <h1>Hello</h1>\n      <button onClick={() => setCount(count + 1)}>{count}</button>\n    </div>\n  );\n}\n',
    block:
      "import { useEffect, useState } from 'react';\n\nexport function App() {\n  // ... existing state ...\n  useEffect(() => {\n    document.title = String(count);\n  }, [count]);\n\n  return (\n    // ... existing JSX ...\n  );\n}\n",
    expected:
      'import { useEffect, useState } from \'react\';\n\nexport function App() {\n  const [count, setCount] = useState(0);\n\n  useEffect(() => {\n    document.title = String(count);\n  }, [count]);\n\n  return (\n    <div className="app">\n      <h1>Hello</h1>\n      <button onClick={() => setCount(count + 1)}>{count}</button>\n    </div>\n  );\n}\n',
    orAsks: true,
  },
  {
    name: 'a function that a class’s file has once, at the margin',
    info: 'java',
    file: 'public class A {\n    public int one() {\n        return 1;\n    }\n\n    public int two() {\n        return 2;\n    }\n}\n',
    block: 'public int two() {\n    return 22;\n}\n',
    expected:
      'public class A {\n    public int one() {\n        return 1;\n    }\n\n    public int two() {\n        return 22;\n    }\n}\n',
  },
]);

placementTable('reads placeholders within a line', [
  {
    name: 'bodies of Go',
    info: 'go',
    file: 'type S struct {\n\tport int\n}\n\nfunc (s *S) Start() error {\n\trun()\n\treturn nil\n}\n',
    block: 'type S struct {\n\tport int\n\ttls  bool\n}\n\nfunc (s *S) Start() error { ... }\n',
    expected:
      'type S struct {\n\tport int\n\ttls  bool\n}\n\nfunc (s *S) Start() error {\n\trun()\n\treturn nil\n}\n',
  },
  {
    name: 'a comment as the body',
    info: 'ts',
    file: 'export function a() {\n  return 1;\n}\n\nexport function b() {\n  return 2;\n}\n',
    block: 'export function a() { /* ... */ }\n\nexport function b() {\n  return 3;\n}\n',
    expected: 'export function a() {\n  return 1;\n}\n\nexport function b() {\n  return 3;\n}\n',
  },
  {
    name: 'a comment in Chinese as the body',
    info: 'ts',
    file: 'export function a() {\n  return 1;\n}\n\nexport function b() {\n  return 2;\n}\n',
    block: 'export function a() { /* 保持不变 */ }\n\nexport function b() {\n  return 3;\n}\n',
    expected: 'export function a() {\n  return 1;\n}\n\nexport function b() {\n  return 3;\n}\n',
  },
  {
    name: 'an ellipsis of one sign',
    info: 'java',
    file: 'class A {\n    int one() {\n        return 1;\n    }\n\n    int two() {\n        return 2;\n    }\n}\n',
    block: 'class A {\n    int one() { … }\n\n    int two() {\n        return 22;\n    }\n}\n',
    expected:
      'class A {\n    int one() {\n        return 1;\n    }\n\n    int two() {\n        return 22;\n    }\n}\n',
  },
  {
    name: 'an object of JSON',
    info: 'json',
    file: '{\n  "scripts": {\n    "a": "b"\n  },\n  "version": "1.0.0"\n}\n',
    block: '{\n  "scripts": { ... },\n  "version": "1.1.0"\n}\n',
    expected: '{\n  "scripts": {\n    "a": "b"\n  },\n  "version": "1.1.0"\n}\n',
  },
  {
    name: 'arguments of a call',
    info: 'ts',
    file: 'const app = build(one, two, three);\nrun(app);\nstop(app, 1);\n',
    block: 'const app = build(/* ... */);\nrun(app);\nstop(app, 2);\n',
    expected: 'const app = build(one, two, three);\nrun(app);\nstop(app, 2);\n',
  },
  {
    name: 'dots as arguments of a call',
    info: 'python',
    file: 'app = build(one, two)\nrun(app)\nstop(app, 1)\n',
    block: 'app = build(...)\nrun(app)\nstop(app, 2)\n',
    expected: 'app = build(one, two)\nrun(app)\nstop(app, 2)\n',
  },
  {
    name: 'an attribute’s value in JSX',
    info: 'jsx',
    file: '<List\n  items={items.filter(Boolean)}\n  size={1}\n/>\n',
    block: '<List\n  items={...}\n  size={2}\n/>\n',
    expected: '<List\n  items={items.filter(Boolean)}\n  size={2}\n/>\n',
  },
  {
    name: 'an import that leaves names out is a question',
    info: 'ts',
    file: "import { a, b, c } from './m';\nrun(a);\nstop(b, c);\n",
    block: "import { ..., d } from './m';\nrun(a, d);\nstop(b, c);\n",
    expected: 'unclear',
  },
  {
    name: 'a body that the file does not have is a question',
    info: 'ts',
    file: 'export function a() {\n  return 1;\n}\n',
    block: 'export function a() {\n  return 2;\n}\n\nexport function b() { ... }\n',
    expected: 'unclear',
  },
  {
    name: 'spread syntax is code',
    info: 'ts',
    file: 'const a = { b: 1 };\nrun(a);\n',
    block: 'const a = { ...c, b: 1 };\nrun(a);\n',
    expected: 'const a = { ...c, b: 1 };\nrun(a);\n',
  },
  {
    name: 'variadic parameters are code',
    info: 'c',
    file: 'void log(const char *format) {\n    print(format);\n}\n',
    block: 'void log(const char *format, ...) {\n    print(format);\n}\n',
    expected: 'void log(const char *format, ...) {\n    print(format);\n}\n',
  },
  {
    name: 'Python’s Ellipsis is code',
    info: 'python',
    file: 'def pick(a):\n    return a[0]\n',
    block: 'def pick(a: tuple[int, ...]):\n    return a[..., 0]\n',
    expected: 'def pick(a: tuple[int, ...]):\n    return a[..., 0]\n',
  },
]);

placementTable('takes the comment that names the file for its name', [
  {
    name: 'above a function',
    info: 'ts',
    file: 'import a from "a";\n\nexport function two() {\n  return 2;\n}\n\nrun();\n',
    block: '// src/x.ts\nexport function two() {\n  return 22;\n}\n',
    expected: 'import a from "a";\n\nexport function two() {\n  return 22;\n}\n\nrun();\n',
  },
  {
    name: 'JSON',
    info: 'json',
    file: '{\n  "a": 1\n}\n',
    block: '// config.json\n{\n  "a": 2\n}\n',
    expected: '{\n  "a": 2\n}\n',
  },
  {
    name: 'before a shebang',
    info: 'python',
    file: '#!/usr/bin/env python\nprint(1)\n',
    block: '# tool.py\n#!/usr/bin/env python\nprint(2)\n',
    expected: '#!/usr/bin/env python\nprint(2)\n',
  },
  {
    name: 'before a doctype',
    info: 'html',
    file: '<!doctype html>\n<p>a</p>\n',
    block: '<!-- public/index.html -->\n<!doctype html>\n<p>b</p>\n',
    expected: '<!doctype html>\n<p>b</p>\n',
  },
  {
    name: 'with a label and a blank line',
    info: 'go',
    file: 'package a\n\nfunc f() int {\n\treturn 1\n}\n',
    block: '// File: pkg/a.go\n\npackage a\n\nfunc f() int {\n\treturn 2\n}\n',
    expected: 'package a\n\nfunc f() int {\n\treturn 2\n}\n',
  },
  {
    name: 'with a note',
    info: 'css',
    file: '.a {\n  top: 0;\n}\n',
    block: '/* styles/a.css (updated) */\n.a {\n  top: 1px;\n}\n',
    expected: '.a {\n  top: 1px;\n}\n',
  },
  {
    name: 'with filepath:',
    info: 'ts',
    file: 'let a = 1;\nlet b = 2;\n',
    block: '// filepath: /home/x/src/a.ts\nlet a = 3;\nlet b = 2;\n',
    expected: 'let a = 3;\nlet b = 2;\n',
  },
  {
    name: 'in Chinese',
    info: 'ts',
    file: 'let a = 1;\nlet b = 2;\n',
    block: '// 文件：src/a.ts\nlet a = 3;\nlet b = 2;\n',
    expected: 'let a = 3;\nlet b = 2;\n',
  },
  {
    name: 'followed by a placeholder',
    info: 'ts',
    file: shop,
    block:
      '// src/shop.ts\n// ... existing code ...\n\n  sell(item) {\n    return 0;\n  }\n\n// ... existing code ...\n',
    expected: shop.replace('    this.check(item);\n    return this.price(item);', '    return 0;'),
  },
  {
    name: 'in SQL',
    info: 'sql',
    file: 'SELECT 1;\nSELECT 2;\n',
    block: '-- db/q.sql\nSELECT 1;\nSELECT 3;\n',
    expected: 'SELECT 1;\nSELECT 3;\n',
  },
  {
    name: 'in a new file',
    info: 'ts',
    file: '',
    block: '// src/a.ts\nlet a = 3;\n',
    expected: 'let a = 3;\n',
  },
  {
    name: 'but not one that the file has itself',
    info: 'ts',
    file: '// src/a.ts\nlet a = 1;\nlet b = 2;\n',
    block: '// src/a.ts\nlet a = 3;\nlet b = 2;\n',
    expected: '// src/a.ts\nlet a = 3;\nlet b = 2;\n',
  },
  {
    name: 'but not a comment that says more',
    info: 'ts',
    file: 'let a = 1;\nlet b = 2;\n',
    block: '// see src/a.ts\nlet a = 3;\nlet b = 2;\n',
    expected: '// see src/a.ts\nlet a = 3;\nlet b = 2;\n',
  },
]);
