import { equal, throws } from 'node:assert/strict';
import { ContentEncodingError, readContentEncoding } from '../../../src/gateway/network/contentDecoder';

describe('Content-Encoding', () => {
  for (const header of [
    undefined,
    '',
    'identity',
    'Identity',
    'none',
    'None',
    '"none"',
    'null',
    'utf-8',
    'UTF8',
    'utf-8, identity',
    'binary',
    '8bit',
    'chunked',
    'aws-chunked',
    'text/event-stream',
    'charset=utf-8',
    'gb18030',
    '*',
    'x-none',
  ])
    it(`${String(header)} does not change the body`, () => {
      equal(readContentEncoding(header), null);
    });

  for (const [header, encoding] of [
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    [' x-gzip ', 'gzip'],
    ['br', 'br'],
    ['deflate', 'deflate'],
    ['gzip, identity', 'gzip'],
    ['utf-8, gzip', 'gzip'],
    ['none,br', 'br'],
    ['aws-chunked, gzip', 'gzip'],
    ['"gzip"', 'gzip'],
  ] as const)
    it(`${header} is decoded`, () => {
      equal(readContentEncoding(header), encoding);
    });

  for (const header of [
    'zstd',
    'compress',
    'x-compress',
    'gzip, zstd',
    'gzip, gzip',
    'br, gzip',
    'dcb',
    'xz',
  ])
    it(`${header} is rejected, because its bytes are not text`, () => {
      throws(() => readContentEncoding(header), ContentEncodingError);
    });
});
