import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { delta, done, event, finish } from '../replies';
import type { ReplyFault } from './fault';

const ordinary = delta('Hé 😀') + delta('llo') + finish() + done;
const hello = { ending: 'completed stop', text: 'Hé 😀llo' };

/** `text` with each `?` replaced by these bytes. */
function withBytes(text: string, ...bytes: number[]): Uint8Array {
  return Buffer.concat(
    text.split('?').flatMap((piece, at) => [...(at > 0 ? [Buffer.from(bytes)] : []), Buffer.from(piece)]),
  );
}

/** Faults 1 to 14: the framing of the bytes. */
export const framingFaults: readonly ReplyFault[] = [
  { number: 1, name: 'UTF-8 split across reads', body: ordinary, expected: hello },
  { number: 2, name: 'a byte order mark', body: `\ufeff${ordinary}`, expected: hello },
  { number: 3, name: 'CRLF', body: ordinary.replaceAll('\n', '\r\n'), expected: hello },
  { number: 4, name: 'bare CR', body: ordinary.replaceAll('\n', '\r'), expected: hello },
  {
    number: 5,
    name: 'comments and pings',
    body: `: PROCESSING\n\n${delta('Hé 😀')}: ping\n\nevent: ping\ndata: {"type":"ping"}\n\n${delta('llo')}:\n\n${finish()}${done}`,
    expected: hello,
  },
  {
    number: 6,
    name: 'several data lines in one event',
    body: 'data: {"choices":[{"delta":\ndata: {"content":"Hi"},\ndata: "finish_reason":"stop"}]}\n\n',
    expected: { ending: 'completed stop', text: 'Hi' },
  },
  {
    number: 7,
    name: 'no blank line after the last event',
    body: delta('Hi') + finish().trimEnd(),
    expected: { ending: 'completed stop', text: 'Hi' },
  },
  {
    number: 7,
    name: 'no line end at all after the last text',
    body: finish('') + delta('Hi').trimEnd(),
    expected: { ending: 'truncated stream-cut', text: 'Hi' },
  },
  {
    number: 8,
    name: 'two JSON data lines with no blank line between',
    body: ordinary.replaceAll('\n\n', '\n'),
    expected: hello,
  },
  { number: 9, name: 'data without a space', body: ordinary.replaceAll('data: ', 'data:'), expected: hello },
  {
    number: 10,
    name: 'empty data, data: null, retry only',
    body: `data:\n\ndata\n\ndata: null\n\nretry: 100\n\nid: 7\n\n${ordinary}`,
    expected: hello,
  },
  {
    number: 11,
    name: 'an event too large',
    body: `${delta('Hi')}data: ${'x'.repeat(17_000_000)}\n\n`,
    isLarge: true,
    expected: {
      ending: 'truncated reply-too-large',
      text: 'Hi',
      message: /more data at once than Parley accepts/,
    },
  },
  {
    number: 12,
    name: 'gzip',
    body: gzipSync(ordinary),
    headers: ['Content-Encoding: gzip'],
    expected: hello,
  },
  {
    number: 12,
    name: 'deflate',
    body: deflateSync(ordinary),
    headers: ['Content-Encoding: deflate'],
    expected: hello,
  },
  {
    number: 12,
    name: 'deflate without its header',
    body: deflateRawSync(ordinary),
    headers: ['Content-Encoding: deflate'],
    expected: hello,
  },
  {
    number: 12,
    name: 'br',
    body: brotliCompressSync(ordinary),
    headers: ['Content-Encoding: br'],
    expected: hello,
  },
  {
    number: 13,
    name: 'invalid UTF-8',
    body: withBytes(delta('H?i') + finish(), 0xff),
    expected: { ending: 'completed stop', text: 'H\ufffdi' },
  },
  {
    number: 13,
    name: 'half of a character',
    body: withBytes(delta('H?i') + finish(), 0xf0, 0x9f),
    expected: { ending: 'completed stop', text: 'H\ufffdi' },
  },
  {
    number: 14,
    name: 'NUL in data',
    body: withBytes(event({ choices: [{ delta: { content: 'H?i' } }] }) + finish(), 0),
    expected: { ending: 'completed stop', text: 'Hi' },
  },
];
