import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { countTerms } from '../../../../src/core/codebase/countTerms';

/** The terms of a text that are also terms of another. */
function shared(one: string, other: string): number {
  const others = countTerms(other);
  return [...countTerms(one).keys()].filter((term) => others.has(term)).length;
}

describe('countTerms', () => {
  const splits: readonly (readonly [identifier: string, parts: readonly string[]])[] = [
    ['readConfigFile', ['read', 'config', 'file', 'readconfigfile']],
    ['read_config_file', ['read', 'config', 'file', 'readconfigfile']],
    ['HTTPServer', ['http', 'server', 'httpserver']],
    ['utf8Decoder', ['utf8', 'decoder', 'utf8decoder']],
    ['MAX_SIZE', ['max', 'size', 'maxsize']],
    ['Ünïcode', ['ünïcode']],
    ['данныеФайла', ['данные', 'файла', 'данныефайла']],
  ];
  for (const [identifier, parts] of splits) {
    it(`finds ${identifier} by ${parts.join(', ')}`, () => {
      strictEqual(countTerms(identifier).size, parts.length);
      for (const part of parts) strictEqual(shared(identifier, part), 1, part);
    });
  }

  it('counts how often each term occurs, in any case', () => {
    deepStrictEqual([...countTerms('Parser parser PARSER').values()], [3]);
  });

  it('makes pairs of Chinese, Japanese and Korean characters', () => {
    strictEqual(countTerms('读取配置文件').size, 5);
    ok(shared('读取配置文件', '配置') === 1);
    strictEqual(shared('読み込み', '込み'), 1);
    strictEqual(shared('설정파일', '파일'), 1);
    strictEqual(countTerms('中').size, 1);
  });

  it('leaves out punctuation and single letters', () => {
    strictEqual(countTerms('(a, b) => { x += 1; } 😀').size, 0);
  });
});
