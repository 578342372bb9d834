import { deepStrictEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import type { HistoryEntry } from '../../../../src/shared/messages/toView';
import { groupHistory, type HistoryLine } from '../../../../src/webview/history/groupHistory';

const now = Date.parse('2026-03-10T12:00:00');

function chat(id: string, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    title: id,
    updatedAt: now,
    messageCount: 2,
    pinned: false,
    failed: false,
    model: 'gpt-5',
    answering: false,
    current: false,
    deleted: false,
    excerpt: null,
    ...changes,
  };
}

const shown = (lines: readonly HistoryLine[]): readonly string[] =>
  lines.map((line) => {
    if (line.kind === 'heading') return line.group.toUpperCase();
    return line.kind === 'chat' ? line.entry.id : `${line.count} failed${line.isOpen ? ', open' : ''}`;
  });

const failed = [
  chat('f1', { failed: true, updatedAt: now - 1 }),
  chat('f2', { failed: true, updatedAt: now - 2 }),
];

describe('groupHistory', () => {
  it('collapses failed chats into one line after the others', () => {
    const entries = [chat('a'), ...failed, chat('b', { updatedAt: 0 }), chat('gone', { deleted: true })];
    deepStrictEqual(shown(groupHistory(entries, new Set(), now, 'collapsed')), [
      'TODAY',
      'a',
      'OLDER',
      'b',
      '2 failed',
      'DELETED',
      'gone',
    ]);
  });

  it('lists the failed chats below their line when it is expanded, the latest first', () => {
    const lines = groupHistory([...failed].reverse(), new Set(), now, 'expanded');
    deepStrictEqual(shown(lines), ['2 failed, open', 'f1', 'f2']);
  });

  it('keeps failed chats in their places in a search', () => {
    deepStrictEqual(shown(groupHistory(failed, new Set(), now, 'in place')), ['TODAY', 'f1', 'f2']);
  });

  it('does not collapse a single failed chat, nor one that is pinned, current or answering', () => {
    deepStrictEqual(shown(groupHistory(failed.slice(1), new Set(), now, 'collapsed')), ['TODAY', 'f2']);
    for (const state of ['pinned', 'current', 'answering'] as const) {
      const entries = [...failed, chat('x', { failed: true, updatedAt: now - 3, [state]: true })];
      const lines = shown(groupHistory(entries, new Set(), now, 'collapsed'));
      deepStrictEqual([lines.at(-1), lines.includes('x')], ['2 failed', true]);
    }
  });

  it('keeps a failed chat that was just deleted in its place, and does not count it', () => {
    const entries = [...failed, chat('f3', { failed: true, updatedAt: now - 3, deleted: true })];
    deepStrictEqual(shown(groupHistory(entries, new Set(['f3']), now, 'expanded')), [
      '2 failed, open',
      'f1',
      'f2',
      'f3',
    ]);
  });

  it('shows each chat once when failed chats are expanded', () => {
    const flags = fc.record({
      pinned: fc.boolean(),
      failed: fc.boolean(),
      answering: fc.boolean(),
      current: fc.boolean(),
      deleted: fc.boolean(),
      updatedAt: fc.integer({ min: 0, max: now }),
    });
    fc.assert(
      fc.property(fc.array(flags, { maxLength: 12 }), fc.boolean(), (all, isKept) => {
        const entries = all.map((changes, index) => chat(String(index), changes));
        const kept = new Set(isKept ? entries.map(({ id }) => id) : []);
        const lines = groupHistory(entries, kept, now, 'expanded');
        const ids = lines.flatMap((line) => (line.kind === 'chat' ? [line.entry.id] : []));
        deepStrictEqual([...ids].sort(), entries.map(({ id }) => id).sort());
        equal(lines.filter(({ kind }) => kind === 'failed-chats').length <= 1, true);
      }),
    );
  });
});
