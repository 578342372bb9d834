import assert from 'node:assert/strict';
import { placeholderShape } from '../../../../src/core/edits/placeholders/placeholderShape';
import { readExactForm } from '../../../../src/core/edits/exact/readExactForm';
import { falseFriends } from './falseFriends';
import { placed } from './placementTable';

const orders = `class Orders {
  find(id) {
    return this.db.get(id);
  }

  create(order) {
    this.check(order);
    const id = this.db.insert(order);
    return id;
  }

  check(order) {
    if (!order) throw new Error('none');
  }
}
`;
const guarded = orders.replace(
  '    this.check(order);',
  '    if (this.closed) return;\n    this.check(order);',
);

const handler = `export function handle(e) {
  const code = e.code;
  legacyCheck(code);
  legacyNotify(code);
  report(e, code);
  return code;
}
`;

/** Comments and words that are placeholders, in the spellings of several models and languages. */
const placeholders = [
  '(rest of methods ...)',
  '...existing code',
  '... existing code ...',
  '...',
  '…',
  '⋮',
  '[...]',
  '// ...',
  '//...',
  '// …',
  '// 。。。',
  '// [previous code remains the same]',
  '// Keep existing code',
  '// Your existing code here',
  '// unchanged',
  '// ----- existing code -----',
  '// ===== rest unchanged =====',
  '// <existing code>',
  '// (existing code)',
  '// ... (other methods) ...',
  '// rest of the implementation remains the same',
  '// The rest of the function is unchanged.',
  '// existing code continues here',
  '// ... keep the existing logic',
  '// omitted for brevity',
  '// other code omitted',
  '/* ... */',
  '/* existing styles */',
  '/* ... rest of the code ... */',
  '# ... existing code ...',
  '# rest of the config',
  '<!-- rest of the page -->',
  '<!-- ... -->',
  '{/* rest of the component */}',
  '{/* ... existing JSX ... */}',
  '-- ... existing columns ...',
  '-- existing columns',
  '(* ... existing code ... *)',
  '{- ... existing code ... -}',
  '<%# ... existing code ... %>',
  '{# ... existing code ... #}',
  '@* ... existing code ... *@',
  'REM ... existing code ...',
  "' ... existing code ...",
  '; ... existing code ...',
  '% ... existing code ...',
  '// 其它代码',
  '// 保留原有逻辑',
  '// 其余代码保持不变',
  '// 其余方法不变',
  '// 省略其他代码',
  '// 這裡保持不變',
  '// 其餘程式碼不變',
  '// …… 现有代码 ……',
  '// 原有代码',
  '// 残りのコードは同じ',
  '// 既存のコード',
  '// 以下省略',
  '// 나머지 코드는 그대로',
  '// 기존 코드 유지',
  '// resto del código',
  '// el resto del código permanece igual',
  '// código existente',
  '// ... código existente ...',
  '// o resto do código permanece inalterado',
  '// reste du code inchangé',
  '// le reste du code',
  '// code existant',
  '// restlicher Code bleibt unverändert',
  '// bestehender Code',
  '// der übrige Code bleibt gleich',
  '// resto del codice invariato',
  '// остальной код без изменений',
  '// существующий код',
  '// решта коду без змін',
  '// reszta kodu bez zmian',
  '// zbytek kódu beze změny',
  '// rest van de code ongewijzigd',
  '// resten av koden oförändrad',
  '// kodun geri kalanı aynı',
  '// phần còn lại giữ nguyên',
  '// sisa kode tetap sama',
  '// باقي الكود كما هو',
  '// שאר הקוד ללא שינוי',
  '// बाकी कोड वही',
];

describe('Placeholders', () => {
  for (const placeholder of placeholders)
    it(`keep the code that “${placeholder}” stands for`, () => {
      const block = `  create(order) {\n    if (this.closed) return;\n    ${placeholder}\n    return id;\n  }\n`;
      const result = placed(orders, block, 'js');
      assert.ok(result === guarded || result === 'unclear', result);
    });

  it('are recognised by their shape, so that most blocks are placed without a question', () => {
    const found = placeholders.filter((placeholder) => {
      const block = `  create(order) {\n    if (this.closed) return;\n    ${placeholder}\n    return id;\n  }\n`;
      return placed(orders, block, 'js') === guarded;
    });
    assert.ok(found.length >= placeholders.length * 0.9, `${found.length} of ${placeholders.length}`);
  });

  for (const comment of [
    '// other routes',
    '// remaining tests',
    '// existing validations',
    '// otras rutas',
    '// 其他路由',
  ])
    it(`are in doubt for “${comment}” if lines would vanish, so the user is asked`, () => {
      const block = `export function handle(e) {\n  const code = e.code;\n  ${comment}\n  report(e, code);\n  return code;\n}\n`;
      assert.equal(placed(handler, block, 'js'), 'unclear');
    });

  it('keep the rest of a page that a comment stands for', () => {
    const page =
      '<html>\n<head>\n  <title>Shop</title>\n</head>\n<body>\n  <header>Shop</header>\n  <footer>(c)</footer>\n</body>\n</html>\n';
    const block =
      '<html>\n<head>\n  <title>New shop</title>\n</head>\n<body>\n  <!-- Rest of the page -->\n</body>\n</html>\n';
    const result = placed(page, block, 'html');
    assert.ok(result === 'unclear' || result === page.replace('Shop</title>', 'New shop</title>'), result);
  });
});

describe('Ordinary comments', () => {
  for (const comment of [
    '// 其他错误直接上报',
    '// 其余情况不处理',
    '// 余额不变时也上报',
    '// 剩余的错误码统一上报',
    '// 同上面的检查一致则上报错误',
    '// Remaining checks are done above',
    '// Same as the check above',
    '// ... then report it',
    // An input: authors end their own notes with dots, too.
    '// TODO: report more errors...',
    '// Other errors are fatal and end the program',
    '// keep in sync with the server’s list of codes',
    '// The previous handler reported twice',
    '// Rest assured that this is only called once',
    '// その他のエラーはサーバーに報告する',
    '// 다른 오류는 서버에 보고한다',
    '// los demás errores se informan al servidor central',
    '// les autres erreurs sont envoyées au serveur',
    '// andere Fehler meldet der Server selbst weiter',
    '// остальные ошибки отправляются на сервер сразу',
    '// outros erros vão para o servidor de registos',
  ])
    it(`replace the lines that a block replaces by “${comment}”`, () => {
      const block = `export function handle(e) {\n  const code = e.code;\n  ${comment}\n  report(e, code);\n  return code;\n}\n`;
      assert.equal(placed(handler, block, 'js'), block);
    });

  for (const [language, comments] of Object.entries(falseFriends))
    for (const comment of comments)
      it(`are not placeholders in ${language}: ${comment}`, () => {
        // A new function with the comment removes nothing, and the comment is inserted too.
        const added = `export function fresh(e) {\n  ${comment}\n  return e.code;\n}\n`;
        const known = 'export function handle(e) {\n  return e;\n}\n';
        assert.equal(placed(known, `${known}\n${added}`, 'js'), `${known}\n${added}`);
        assert.equal(readExactForm([comment, 'next();'], 'js', ['other();']), undefined);
        assert.notEqual(placeholderShape(comment), 'certain');
      });
});
