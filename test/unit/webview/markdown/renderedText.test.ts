import assert from 'node:assert/strict';
import { outlineOf } from './outline';

function itDraws(cases: readonly (readonly [source: string, drawn: string])[]): void {
  for (const [source, drawn] of cases) {
    it(`draws ${JSON.stringify(source)}`, () => {
      assert.equal(outlineOf(source), drawn);
    });
  }
}

function itLeaves(sources: readonly string[]): void {
  for (const source of sources) {
    it(`leaves ${JSON.stringify(source)} as it is`, () => {
      assert.equal(outlineOf(source), source);
    });
  }
}

describe('emphasis next to East Asian text', () => {
  itDraws([
    ['**注意：**这是说明。', '<strong>注意：</strong>这是说明。'],
    ['他说**“你好”**然后走了。', '他说<strong>“你好”</strong>然后走了。'],
    ['**术语（Term）**是指某物。', '<strong>术语（Term）</strong>是指某物。'],
    ['使用**`npm`**安装。', '使用<strong><code>npm</code></strong>安装。'],
    ['安装。*斜体。*后文', '安装。<em>斜体。</em>后文'],
    ['~~旧价：~~新价', '<s>旧价：</s>新价'],
    ['**마크다운(Markdown)**은 언어다.', '<strong>마크다운(Markdown)</strong>은 언어다.'],
    ['**公式：$x^2$**后', '<strong>公式：⟦x^2⟧</strong>后'],
    ['**「重要」**です。', '<strong>「重要」</strong>です。'],
    ['これは**「重要」**なことです。', 'これは<strong>「重要」</strong>なことです。'],
    ['**注意：**「使い方」を見る。', '<strong>注意：</strong>「使い方」を見る。'],
    ['***強調！***次', '<em><strong>強調！</strong></em>次'],
    ['그는 **"안녕"**이라고 했다.', '그는 <strong>"안녕"</strong>이라고 했다.'],
    ['**예시:**다음과 같다', '<strong>예시:</strong>다음과 같다'],
    ['~~(취소)~~는', '<s>(취소)</s>는'],
    ['叫做**“API”**接口', '叫做<strong>“API”</strong>接口'],
    ['**“重点”**API', '<strong>“重点”</strong>API'],
    ['增长**+20%**，降**-3.5%**了', '增长<strong>+20%</strong>，降<strong>-3.5%</strong>了'],
    ['**《红楼梦》**1791年', '<strong>《红楼梦》</strong>1791年'],
    ['繁體**「注意」**事項', '繁體<strong>「注意」</strong>事項'],
    ['**第一步：**_运行_**（可选）**。', '<strong>第一步：</strong><em>运行</em><strong>（可选）</strong>。'],
    ['**[链接](https://e.com)**后', '<strong><a>链接</a></strong>后'],
    ['**$5**元', '<strong>$5</strong>元'],
    ['𠮷**（𠮷）**𠮷', '𠮷<strong>（𠮷）</strong>𠮷'],
    ['**ｶﾅ！**ｶﾅ', '<strong>ｶﾅ！</strong>ｶﾅ'],
    ['**……**好', '<strong>……</strong>好'],
    ['这是*强调*的词', '这是<em>强调</em>的词'],
    ['**bold** and re**spect**', '<strong>bold</strong> and re<strong>spect</strong>'],
    ['**.env** and **src/lib/**', '<strong>.env</strong> and <strong>src/lib/</strong>'],
    ['**/etc/hosts** file', '<strong>/etc/hosts</strong> file'],
    ['and/**or**', 'and/<strong>or</strong>'],
  ]);
});

describe('what looks like emphasis', () => {
  itLeaves([
    '2*3*4',
    '2*3*4=24，5*6*7=210',
    'width*height*depth',
    'x**2 + y**2 = z**2',
    '2**10 and 3**2',
    'a**b and c**d',
    '5 * 3 * 2',
    'snake_case_name and other_case_name',
    '变量snake_case_name与other_name',
    'MAX_SIZE_X, MIN_SIZE_Y',
    'src/**/*.ts, test/**/*.ts',
    '**/*.ts and **/*.js',
    '**/node_modules/**',
    '*.ts, *.js and *.d.ts',
    '*.spec.* or *.test.*',
    'dist/* and build/*',
    'COUNT(*) and SUM(*)',
    'SELECT * FROM a; SELECT * FROM b',
    '"*" and "*"',
    '*args, **kwargs',
    'char *p, *q;',
    '/*x*/ and /*y*/',
    '*/5 * * * *',
    '0 0 * * *',
    'f(a)*g(b)*h',
    '__init__.py and __main__.py',
    '__init__() and __len__()',
    'A* and B*',
    '~5 分钟，~10 元',
    '约~3~',
    '**未闭合',
    '未打开**的',
    '5*',
    's**t and f**k',
    '3*x + 4*y',
    'a * b ** c',
    '1920*1080*60',
  ]);
});

describe('line breaks', () => {
  itDraws([
    ['步骤如下：\n1）打开设置\n2）选择网关\n3、保存', '步骤如下：\n1）打开设置\n2）选择网关\n3、保存'],
    ['• 甲\n• 乙', '• 甲\n• 乙'],
    ['✅ 支持\n❌ 不支持', '✅ 支持\n❌ 不支持'],
    ['- 一\n  二\n- 三', '<ul><li><p>一\n二</p></li><li><p>三</p></li></ul>'],
    ['> 一\n> 二', '<blockquote><p>一\n二</p></blockquote>'],
    ['一<br>二<br/>三<BR />四', '一<br>二<br>三<br>四'],
    ['一<br>\n二', '一<br>二'],
    ['一  \n二\\\n三', '一<br>二<br>三'],
    ['First line\nsecond line', 'First line\nsecond line'],
    ['一行目\n二行目', '一行目\n二行目'],
    ['첫째 줄\n둘째 줄', '첫째 줄\n둘째 줄'],
    ['שורה\nעוד שורה', 'שורה\nעוד שורה'],
    ['`a\nb`', '<code>a b</code>'],
    ['**甲\n乙**', '<strong>甲\n乙</strong>'],
  ]);
});

describe('tags', () => {
  itDraws([
    ['H<sub>2</sub>O，10 m<sup>2</sup>', 'H<sub>2</sub>O，10 m<sup>2</sup>'],
    ['按 <kbd>Ctrl</kbd>+<kbd>C</kbd>', '按 <kbd>Ctrl</kbd>+<kbd>C</kbd>'],
    ['<u>下划线</u><mark>标记</mark><b>粗</b><i>斜</i>', '<u>下划线</u><mark>标记</mark><b>粗</b><i>斜</i>'],
    [
      '<em>a</em> <strong>b</strong> <s>c</s> <del>d</del> <ins>e</ins> <small>f</small>',
      '<em>a</em> <strong>b</strong> <s>c</s> <del>d</del> <ins>e</ins> <small>f</small>',
    ],
    ['<B CLASS="x" onclick=alert(1)>粗</B>', '<b>粗</b>'],
    ['<b>**双** `码` [链](https://e.com)</b>', '<b><strong>双</strong> <code>码</code> <a>链</a></b>'],
    ['**粗<sub>下*</sub>**', '<strong>粗<sub>下*</sub></strong>'],
    ['<b>一<i>二</i>三</b>', '<b>一<i>二</i>三</b>'],
    ['<b>一<b>二</b>三</b>', '<b>一<b>二</b>三</b>'],
    ['p<sup>*</sup> 与 q<sup>*</sup>', 'p<sup>*</sup> 与 q<sup>*</sup>'],
    ['# 标题<sup>1</sup>', '<h3>标题<sup>1</sup></h3>'],
    ['- <mark>项</mark>', '<ul><li><p><mark>项</mark></p></li></ul>'],
    ['[链<sub>1</sub>](https://e.com)', '<a>链<sub>1</sub></a>'],
    [
      '<details>\n<summary>答案</summary>\n\n内容**粗**\n\n</details>',
      '<details><summary>答案</summary><p>内容<strong>粗</strong></p></details>',
    ],
    [
      '<details><summary>**题**</summary>内容</details>',
      '<details><summary><strong>题</strong></summary><p>内容</p></details>',
    ],
    [
      '<details open>\n<summary>題</summary>\n\n```\n</details>\n```\n\n</details>\n\n後',
      '<details><summary>題</summary><pre></details>\n</pre></details>\n\n後',
    ],
    [
      '<details>\n\n- 一\n- 二\n\n</details>',
      '<details><ul><li><p>一</p></li><li><p>二</p></li></ul></details>',
    ],
    [
      '<details>\n<summary>a</summary>\n<details>\n<summary>b</summary>\nc\n</details>\n</details>',
      '<details><summary>a</summary><details><summary>b</summary><p>c</p></details></details>',
    ],
    [
      '- 项\n  <details>\n  <summary>a</summary>\n  b\n  </details>\n- 二',
      '<ul><li><p>项</p><details><summary>a</summary><p>b</p></details></li><li><p>二</p></li></ul>',
    ],
    [
      '> <details>\n> <summary>a</summary>\n>\n> b\n> </details>',
      '<blockquote><details><summary>a</summary><p>b</p></details></blockquote>',
    ],
    // Without an end, nothing is folded away.
    ['<details>\n<summary>a</summary>\n\nb', '<details>\n\n<summary>a</summary>\n\nb'],
    ['<b>未闭合\n\n后文', '<b>未闭合\n\n后文'],
  ]);
});

describe('what looks like a tag', () => {
  itLeaves([
    '<answer>原样</answer>',
    'List<String> 与 Map<K, V>',
    'Vec<u> 与 Option<i>',
    'a<b 且 c>d',
    '1 < 2 > 0',
    '<b>未闭合',
    '未打开</b>',
    '<sub>下',
    '<b> and </b>',
    '用 <b> 与 </b> 加粗',
    '<b></b>',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<span style="color:red">红</span>',
    '<div>块</div>',
    '<!-- 注释 -->',
    '<think>想</think>',
    '<T extends U>',
    '< b >粗</ b >',
    '<bold>粗</bold>',
    '<br',
    '<kbd',
    '<summary>题</summary>',
    '</details>',
    '<p>段</p>',
    '<a href="x">x</a>',
    '<iframe src="x"></iframe>',
    '<style>b{}</style>',
  ]);
  itDraws([
    ['`<b>粗</b>`', '<code><b>粗</b></code>'],
    ['\\<b>粗\\</b>', '<b>粗</b>'],
    ['```html\n<b>粗</b><br>\n```', '<pre><b>粗</b><br>\n</pre>'],
    ['<b>一 `</b>` 二', '<b>一 <code></b></code> 二'],
  ]);
});

function table(...rows: readonly string[]): string {
  const [head = '', ...others] = rows;
  const bars = head.split('|').length - 2;
  return `${head}\n|${'---|'.repeat(bars)}\n${others.join('\n')}`;
}

function cells(source: string): string[] {
  return [...outlineOf(source).matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = '']) => cell);
}

describe('cells of tables', () => {
  for (const [row, expected] of [
    ['| 管道 | `ls | wc` | 统计行数 |', ['管道', '<code>ls | wc</code>', '统计行数']],
    ['| 概率 | $P(A|B)$ | 条件概率 |', ['概率', '⟦P(A|B)⟧', '条件概率']],
    ['| 或 | `a || b` | 逻辑 |', ['或', '<code>a || b</code>', '逻辑']],
    ['| `a|b` | `c|d` | e |', ['<code>a|b</code>', '<code>c|d</code>', 'e']],
    ['| ``a|`b`` | 二 | 三 |', ['<code>a|`b</code>', '二', '三']],
    ['| `a\\|b` | 二 | 三 |', ['<code>a|b</code>', '二', '三']],
    ['| \\(P(A|B)\\) | 二 | 三 |', ['⟦P(A|B)⟧', '二', '三']],
    ['| 一 | 二 | 三 | 四 |', ['一', '二', '三 | 四']],
    ['| x | y || z |', ['x', 'y', '| z']],
    ['| 一 | 二 |', ['一', '二', '']],
    ['| $5 | $10 | 价 |', ['$5', '$10', '价']],
    ['| $HOME | $PATH | 变量 |', ['$HOME', '$PATH', '变量']],
    ['| ` | 反引号 | ` |', ['`', '反引号', '`']],
    ["| ' | ` | ~ |", ["'", '`', '~']],
    ['| 一 | 二 | 三 | |', ['一', '二', '三']],
    ['| a `b | c | d |', ['a `b', 'c', 'd']],
    ['一 | 二 | 三', ['一', '二', '三']],
    ['| 第一点<br>第二点 | 二 | 三 |', ['第一点<br>第二点', '二', '三']],
    ['| 가 | `나 | 다` | 라 |', ['가', '<code>나 | 다</code>', '라']],
    ['| א | `a|b` | ב |', ['א', '<code>a|b</code>', 'ב']],
  ] as const) {
    it(`are ${JSON.stringify(expected)} in ${row}`, () => {
      assert.deepEqual(cells(table('| 甲 | 乙 | 丙 |', row)), expected);
    });
  }

  it('keeps a pipe of code in the head, too', () => {
    const drawn = outlineOf('| `a|b` | 乙 |\n|---|---|\n| 1 | 2 |');
    assert.match(drawn, /<th><code>a\|b<\/code><\/th><th>乙<\/th>/);
  });
});
