import { deepEqual, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { hideKeys, keysToHide, SecretFilter } from '../../../../src/gateway/secrets/secretFilter';
import { canaryKey } from '../asking';

const keys = [canaryKey];

function throughFilter(pieces: readonly string[]): string {
  const filter = new SecretFilter(keys);
  return pieces.map((piece) => filter.take(piece)).join('') + filter.end();
}

/** Matches a text whose end may be most of a key. */
function withoutCutKey(text: string): string {
  for (let length = canaryKey.length - 1; length >= 12; length -= 1)
    if (text.endsWith(canaryKey.slice(0, length))) return `${text.slice(0, -length)}[redacted]`;
  return text;
}

function cut(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe('SecretFilter', () => {
  it('removes a key from the text, split into deltas at any place', () => {
    const fragment = fc.oneof(
      fc.constant(canaryKey),
      fc.nat(canaryKey.length).map((length) => canaryKey.slice(0, length)),
      fc.constantFrom('s', 'sk', 'sk-', ' ', 'The ', '\n', '😀'),
    );
    const places = fc.array(fc.nat(500), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 10 }), places, (fragments, at) => {
        const text = fragments.join('');
        const shown = throughFilter(cut(text, at));
        ok(!shown.includes(canaryKey));
        equal(shown, withoutCutKey(text.replaceAll(canaryKey, '[redacted]')));
      }),
      { numRuns: 2_000 },
    );
  });

  it('passes on at once all text that cannot be the start of a key', () => {
    const filter = new SecretFilter(keys);
    equal(filter.take('Hello, this'), 'Hello, thi');
    equal(filter.take(' is'), 's i');
    equal(filter.take(' the text'), 's the text');
    equal(filter.take(canaryKey.slice(0, 11)), '');
    equal(filter.end(), canaryKey.slice(0, 11));
  });

  it('does not show a key that is truncated with the answer', () => {
    const filter = new SecretFilter(keys);
    equal(filter.take(`Key: ${canaryKey.slice(0, -1)}`), 'Key: ');
    equal(filter.end(), '[redacted]');
  });

  it('keeps the dummy key of a local server, an address and a media type', () => {
    const words = ['ollama', 'sk-no-key', 'application/json', 'https://parley.test/0123456789', 'lm-studio'];
    deepEqual(keysToHide(words), []);
    deepEqual(keysToHide([...words, canaryKey]), keysToHide([canaryKey, canaryKey]));
  });

  it('removes a key in the form of JSON, a URL or base64', () => {
    const filter = new SecretFilter(keysToHide([canaryKey]));
    const spellings = [
      JSON.stringify(canaryKey).slice(1, -1),
      encodeURIComponent(canaryKey),
      btoa(canaryKey),
    ];
    const shown = Array.from(spellings.join(' '), (letter) => filter.take(letter)).join('') + filter.end();
    match(shown, /^\[redacted\] \[redacted\] \[redacted\]\w?=*$/);
  });

  it('removes a key from media, tool calls and names, but does not change data URLs', () => {
    const data = `data:image/png;base64,${'iVBORw0KGgo'.repeat(2_000)}=`;
    const told = {
      call: { arguments: `data: ${canaryKey}` },
      urls: [`https://a.test/?k=${canaryKey}`, `data:text/plain,${canaryKey}`, data + canaryKey],
    };
    ok(!JSON.stringify(hideKeys(told, keys)).includes(canaryKey.slice(0, 12)));
    equal(hideKeys({ url: data }, keys).url, data);
  });
});
