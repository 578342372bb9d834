import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CodeAttachment } from '../../src/shared/conversation/attachment';
import { useContextFixture } from './contextFixture';

describe('asking before a file is attached', () => {
  const fixture = useContextFixture();

  it('asks before a dropped file that may contain secrets is attached, and respects the answer no', async () => {
    const uris = [join(fixture.workspace, '.env')];
    await fixture.context.attachDropped({ uris });
    assert.deepEqual(fixture.asked, ['.env may contain secrets. Attach it anyway?']);
    assert.deepEqual(await fixture.pending(), []);
    fixture.answer = 'Attach Anyway';
    await fixture.context.attachDropped({ uris });
    assert.match(await fixture.pendingTexts(), /TOKEN=HIDDEN/);
  });

  it('asks about a binary file each time, and attaches its readable text', async () => {
    const path = join(fixture.workspace, 'lib/data.dat2');
    const uri = vscode.Uri.file(path);
    const ways: (() => Promise<void>)[] = [
      () => fixture.context.attachDropped({ uris: [path] }),
      () => fixture.context.attachFiles([uri]),
      async () => fixture.context.attachFound({ id: await fixture.findItem('data.dat2', 'data.dat2') }),
    ];
    for (const attach of ways) await attach();
    assert.deepEqual(fixture.asked, Array(3).fill('data.dat2 is not a text file. Attach it anyway?'));
    assert.deepEqual([await fixture.pending(), fixture.warned], [[], []]);
    assert.match(
      fixture.details.at(-1) ?? '',
      /^lib\/data\.dat2\n\nOnly the readable text is attached, at most 20,000 char/,
    );
    fixture.answer = 'Attach Anyway';
    await fixture.write('lib/data.dat2', Buffer.from('\0\x01binary\0words\n'));
    await fixture.context.attachFiles([uri]);
    const piece: CodeAttachment = await fixture.only('code');
    assert.deepEqual([piece.name, piece.text], ['data.dat2', '\uFFFDbinary\uFFFDwords\n']);
    await fixture.context.open({ id: piece.id });
  });

  it('asks about a hidden file once for all reasons, and does not ask about an open one', async () => {
    const uri = vscode.Uri.file(join(fixture.workspace, 'debug.log'));
    await fixture.context.attachFiles([uri]);
    const hidden = 'debug.log is hidden by .gitignore or by the exclude settings. Attach it anyway?';
    assert.deepEqual(fixture.asked, [hidden]);
    assert.deepEqual(await fixture.pending(), []);
    await fixture.write('debug.log', 'LOG\0GED');
    await fixture.context.attachFiles([uri]);
    assert.deepEqual(fixture.asked, [hidden, hidden]);
    assert.match(fixture.details.at(-1) ?? '', /It is not a text file\..*Only the readable text/s);
    await fixture.write('debug.log', 'LOGGED');
    fixture.answer = 'Attach Anyway';
    await fixture.context.attachFiles([uri]);
    assert.match(await fixture.pendingTexts(), /LOGGED/);
    assert.equal(fixture.asked.length, 3);
    await vscode.window.showTextDocument(uri);
    await fixture.context.attachSource({ source: 'file' });
    assert.equal(fixture.asked.length, 3);
  });

  it('lists a hidden file only if its whole path is typed, and asks about it', async () => {
    for (const query of ['.env', './.env', 'generated/out.ts', 'generated\\out.ts', 'lib/secrets.json']) {
      await fixture.context.find({ request: 1, query });
      const [first] = fixture.found.items;
      assert.equal(first?.label, query.split(/[/\\]/).at(-1), query);
      fixture.asked = [];
      await fixture.context.attachFound({ id: first?.id ?? '' });
      assert.equal(fixture.asked.length, 1, query);
      assert.deepEqual([await fixture.pending(), fixture.warned], [[], []], query);
    }
    for (const query of [
      '.en',
      'generated/out',
      'generated',
      '../.env',
      join(fixture.workspace, '.env'),
      'linked/far.ts',
    ]) {
      await fixture.context.find({ request: 1, query });
      assert.ok(
        !fixture.found.items.some(({ label }) => ['.env', 'out.ts', 'far.ts'].includes(label)),
        query,
      );
    }
    fixture.answer = 'Attach Anyway';
    await fixture.context.attachFound({ id: await fixture.findItem('.env', '.env') });
    assert.match(await fixture.pendingTexts(), /TOKEN=HIDDEN/);
  });

  it('asks about a symbolic link by its target', async () => {
    await fixture.context.attachDropped({
      uris: [join(fixture.workspace, 'harmless.txt'), join(fixture.workspace, 'linked', 'far.ts')],
    });
    assert.deepEqual(fixture.asked, [
      'harmless.txt may contain secrets. Attach it anyway?',
      'far.ts is outside the workspace. Attach it anyway?',
    ]);
    assert.deepEqual(await fixture.pending(), []);
  });

  it('asks about files that are dropped from outside, as a path or as a URI with ..', async () => {
    const detour = `file://${fixture.workspace}/lib/../../${fixture.outside.split('/').at(-1) ?? ''}/far.ts`;
    await fixture.context.attachDropped({
      uris: [join(fixture.outside, 'far.ts'), detour, 'https://example.com/a.ts', 'command:x', 'no'],
    });
    assert.ok(
      fixture.asked.length >= 1 &&
        fixture.asked.every((question) => question.includes('outside the workspace')),
    );
    assert.deepEqual(fixture.warned, ['Only files and folders can be dropped here.']);
    assert.deepEqual(await fixture.pending(), []);
  });

  it('refuses dropped text that is not a URI, without an error', async () => {
    for (const text of ['////', '////far.ts', 'file:////far.ts', 'http://[', '%', '://'])
      await fixture.context.attachDropped({ uris: [text] });
    assert.deepEqual(new Set(fixture.warned), new Set(['Only files and folders can be dropped here.']));
    assert.equal(fixture.warned.length, 6);
    assert.deepEqual([fixture.asked, await fixture.pending()], [[], []]);
  });
});
