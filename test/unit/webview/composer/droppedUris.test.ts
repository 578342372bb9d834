import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { toHostSchemas } from '../../../../src/shared/messages/toHost';
import { bringsFiles, droppedUris } from '../../../../src/webview/composer/droppedUris';
import * as v from 'valibot';

const dragOf = (data: Readonly<Record<string, string>>): Parameters<typeof droppedUris>[0] => ({
  types: Object.keys(data),
  getData: (type) => data[type] ?? '',
});

describe('droppedUris', () => {
  it("reads VS Code's list before the system's, each URI once", () => {
    const uris = droppedUris(
      dragOf({
        'text/uri-list': 'file:///other',
        'application/vnd.code.uri-list': 'file:///a%20b.ts\r\nvscode-remote://wsl/c\r\nfile:///a%20b.ts\r\n',
      }),
    );
    deepStrictEqual(uris, ['file:///a%20b.ts', 'vscode-remote://wsl/c']);
  });

  it('reads the older form', () => {
    deepStrictEqual(droppedUris(dragOf({ resourceurls: '["file:///a",1]' })), ['file:///a']);
    deepStrictEqual(droppedUris(dragOf({ resourceurls: '{' })), []);
  });

  it('leaves comments and web pages alone', () => {
    deepStrictEqual(droppedUris(dragOf({ 'text/uri-list': '# a comment\nhttps://example.org/a.ts' })), []);
  });

  it('gives what the host takes, whatever is dropped', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (list, json) => {
        const uris = droppedUris(dragOf({ 'text/uri-list': `file:${list}\n${list}`, resourceurls: json }));
        ok(v.is(toHostSchemas['attach-dropped'], { uris }));
      }),
    );
    const many = Array.from({ length: 300 }, (_, n) => `file:///${n}`).join('\n');
    equal(droppedUris(dragOf({ 'text/uri-list': many })).length, 100);
  });

  it('knows by the types alone whether a drag may bring files', () => {
    ok(bringsFiles(dragOf({ Files: '' })));
    ok(bringsFiles(dragOf({ 'application/vnd.code.uri-list': '' })));
    ok(!bringsFiles(dragOf({ 'text/plain': '' })));
  });
});
