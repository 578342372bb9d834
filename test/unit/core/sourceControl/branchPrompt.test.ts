import assert from 'node:assert/strict';
import { branchPrompt } from '../../../../src/core/sourceControl/branchPrompt';
import { readDiff } from '../../../../src/core/sourceControl/readDiff';
import { withoutOuterFence } from '../../../../src/core/sourceControl/withoutOuterFence';

const diff = 'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-one\n+two\n';
const count = (text: string): number => Math.ceil(text.length / 4);

function ask(commits: readonly string[], template: string, room: number): string {
  const facts = { files: readDiff(diff), branch: 'feature', base: 'origin/main', commits, template };
  const content = branchPrompt(facts, room, { count, isIgnored: () => false }).messages.at(-1)?.content;
  assert.ok(typeof content === 'string');
  return content;
}

describe('branchPrompt', () => {
  it('has the branches, the template, the commits and the changes', () => {
    const text = ask(['Add dates', 'Fix sk-abcdefgh12345678abcdefgh'], '## What', 4_000);
    assert.match(text, /feature against origin\/main[^]*## What[^]*Add dates[^]*\+two/);
    assert.ok(!text.includes('abcdefgh12345678'));
  });

  it('leaves out the oldest of many commits, and says so', () => {
    const text = ask(
      Array.from({ length: 200 }, (_, index) => `Commit ${index} ${'x'.repeat(100)}`),
      '',
      2_000,
    );
    assert.match(text, /Commit 0 /);
    assert.match(text, /\(\d+ older ones are left out\)/);
    assert.ok(count(text) < 2_000);
  });
});

describe('withoutOuterFence', () => {
  it('removes a fence around the whole answer, and no other', () => {
    assert.equal(withoutOuterFence('```markdown\n# Title\n\nText\n```\n'), '# Title\n\nText');
    assert.equal(withoutOuterFence('```md\n# T\n```ts\ncode\n```\nend\n```'), '# T\n```ts\ncode\n```\nend');
    const kept = '```\na\n```\n\ntext\n\n```\nb\n```';
    assert.equal(withoutOuterFence(kept), kept);
    assert.equal(withoutOuterFence('# Title\n'), '# Title');
  });
});
