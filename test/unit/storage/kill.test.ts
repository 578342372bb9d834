import { answerText } from '../../../src/shared/answer/answerPart';
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { useFolder } from '../../support/storage/workplace';

const kills = 30;

describe('a window that is killed while it writes', () => {
  const folder = useFolder();

  it('loses no acknowledged event, at any moment of the kill', async () => {
    const program = join(folder.path, 'appendUntilKilled.cjs');
    await build({
      entryPoints: [join(__dirname, 'appendUntilKilled.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
    });
    const acknowledged: number[] = [];
    let next = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const child = spawn(process.execPath, [program, folder.path, String(next)]);
      const complaints: string[] = [];
      child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
      let output = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      await once(child.stdout, 'data');
      // Each time at a different moment of the next answers.
      await wait(kill % 10);
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      deepStrictEqual(await ended, [null, 'SIGKILL']);
      deepStrictEqual(complaints, []);
      // Only complete lines of the output count.
      acknowledged.push(...output.split('\n').slice(0, -1).map(Number));
      const last = acknowledged.at(-1) ?? -1;
      ok(last >= next, 'nothing was acknowledged');
      await checkAnswers(acknowledged);
      // The answer after the last acknowledged one may be incomplete.
      next = last + 2;
    }
  }).timeout(120_000);

  async function checkAnswers(acknowledged: readonly number[]): Promise<void> {
    const conversation = await folder.open().load('c');
    for (const number of acknowledged) {
      const answer = conversation?.messages.get(`m-${number}`);
      ok(answer?.role === 'assistant');
      deepStrictEqual(answer.ending, { outcome: 'completed', finishReason: 'stop' });
      const pieces = Array.from({ length: 20 }, (_, index) => `${number}:${index} `.repeat(50));
      equal(answerText(answer), pieces.join(''));
    }
  }
});
