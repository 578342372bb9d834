import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { ChunkFraming } from '../../../../src/gateway/network/chunkFraming';

function repaired(...pieces: readonly string[]): string {
  const framing = new ChunkFraming();
  return pieces.map((piece) => framing.repair(Buffer.from(piece, 'latin1')).toString('latin1')).join('');
}

describe('ChunkFraming', () => {
  const bodies: readonly (readonly [name: string, sent: string, parsed: string])[] = [
    ['ends its lines with LF', '2\nHi\n0\n\n', '2\r\nHi\r\n0\r\n\r\n'],
    ['ends its size lines alone with LF', '2\nHi\r\n3\nyou\r\n0\n\r\n', '2\r\nHi\r\n3\r\nyou\r\n0\r\n\r\n'],
    ['ends what follows the data alone with CR LF', '2\nHi\r\n0\n\n', '2\r\nHi\r\n0\r\n\r\n'],
    ['writes sizes in capitals', 'A\n0123456789\n0\n\n', 'A\r\n0123456789\r\n0\r\n\r\n'],
    ['writes zeros before a size', '0002\nHi\n000\n\n', '0002\r\nHi\r\n000\r\n\r\n'],
    ['writes a blank after a size', '2 \nHi\n0\n\n', '2 \r\nHi\r\n0\r\n\r\n'],
    ['has extensions', '2;name="a"\nHi\n0;last\n\n', '2;name="a"\r\nHi\r\n0;last\r\n\r\n'],
    ['has trailers', '2\nHi\n0\nX-Sum: 1\nX-Note: 2\n\n', '2\r\nHi\r\n0\r\nX-Sum: 1\r\nX-Note: 2\r\n\r\n'],
    ['has line ends in its data', '6\na\nb\r\nc\n0\n\n', '6\r\na\nb\r\nc\r\n0\r\n\r\n'],
    ['has sizes in its data', '4\n0\n\n0\n0\n\n', '4\r\n0\n\n0\r\n0\r\n\r\n'],
    ['has no data', '0\n\n', '0\r\n\r\n'],
    [
      'is followed by another reply',
      '2\nHi\n0\n\nHTTP/1.1 200 OK\n',
      '2\r\nHi\r\n0\r\n\r\nHTTP/1.1 200 OK\n',
    ],
  ];
  for (const [name, sent, parsed] of bodies) {
    it(`corrects a chunked body that ${name}`, () => {
      equal(repaired(sent), parsed);
      equal(repaired(...Array.from(sent)), parsed);
    });
  }

  const asTheyCame: readonly (readonly [name: string, sent: string])[] = [
    ['is right', '2\r\nHi\r\n0\r\n\r\n'],
    ['is right, with LF in its data', '4\r\na\n\nb\r\n0\r\n\r\n'],
    ['is right at first', '2\r\nHi\r\n2\nHi\n0\n\n'],
    ['has no size', 'data: a\n\ndata: b\n\n'],
    ['has a size with a sign', '-2\nHi\n0\n\n'],
    ['has a size of too many digits', '123456789\nHi\n0\n\n'],
    ['has an endless size', '0'.repeat(9_000)],
    ['has a line that begins with a line end', '\n2\nHi\n0\n\n'],
  ];
  for (const [name, sent] of asTheyCame) {
    it(`does not change a chunked body that ${name}`, () => {
      equal(repaired(sent), sent);
    });
  }

  it('does not change the bytes after a chunk with a wrong size', () => {
    equal(repaired('2\nHi!\n0\n\n'), '2\r\nHi!\n0\n\n');
  });

  it('has the same result for any data at every split', () => {
    const chunk = fc.string({
      unit: fc.constantFrom('a', '\n', '\r', '0', ';', '\xff'),
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (chunks, cuts) => {
          const write = (end: string): string =>
            [...chunks, '']
              .map((data) => data.length.toString(16) + end + data + (data === '' ? '' : end))
              .join('') + end;
          const sent = write('\n');
          const places = [0, ...cuts.filter((cut) => cut < sent.length).toSorted((a, b) => a - b)];
          const pieces = places.map((place, index) => sent.slice(place, places[index + 1]));
          equal(repaired(...pieces), write('\r\n'));
          equal(repaired(write('\r\n')), write('\r\n'));
        },
      ),
      { numRuns: 500 },
    );
  });
});
