/**
 * Measures placing on everyday edits in many languages, each written in the habits of several models; see corpus/. Arguments: the
 * top of the checkout. Sends its figures to the parent process. `PARLEY_APPLY_LIST` lists the edits that were not placed.
 */
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { namedPaths } from '../../../src/core/edits/plan/namedPaths';
import { applyLineEdits } from '../../../src/core/edits/lines/lineEdit';
import { planApply } from '../../../src/core/edits/plan/planApply';
import { figureOf, type Figure } from '../figure';
import { threadTime } from '../processorTime';
import { quantileOf } from '../quantile';
import { samplesOf, type Sample } from './habits';
import { editedLines, readCorpus, type CorpusFile } from './readCorpus';

/** What became of one edit. */
type Outcome = 'placed' | 'asked' | 'elsewhere' | 'lost';

async function measureApply(folder: string): Promise<Figure[]> {
  const files = await readFiles(folder);
  const samples = files.flatMap(samplesOf);
  return [
    ...figuresOf(
      'open',
      samples.filter(({ isHeldOut }) => !isHeldOut),
    ),
    ...figuresOf(
      'held-out',
      samples.filter(({ isHeldOut }) => isHeldOut),
    ),
    figureOf('apply-wrong-files', 'files', samples.filter(namesAnotherFile).length, { goals: { atMost: 0 } }),
    figureOf('apply-5000-lines-p95', 'ms', longest(files), { goals: { atMost: 50 } }),
  ];
}

async function readFiles(folder: string): Promise<readonly CorpusFile[]> {
  const names = (await Array.fromAsync(glob('*.edits', { cwd: folder }))).sort();
  return await Promise.all(
    names.map(async (name) =>
      readCorpus(basename(name, '.edits'), await readFile(join(folder, name), 'utf8')),
    ),
  );
}

function figuresOf(half: string, samples: readonly Sample[]): Figure[] {
  const outcomes = samples.map((sample) => ({ sample, outcome: outcomeOf(sample) }));
  const count = (wanted: Outcome): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
  for (const { sample, outcome } of outcomes)
    if (process.env['PARLEY_APPLY_LIST'] !== undefined && outcome !== 'placed')
      console.error(`${outcome}: ${sample.name}`);
  return [
    figureOf(`apply-edits-${half}`, 'edits', samples.length, { goals: { atLeast: 150 } }),
    figureOf(`apply-placed-${half}`, '%', (100 * count('placed')) / samples.length, {
      goals: { atLeast: 85 },
    }),
    figureOf(`apply-asked-${half}`, '%', (100 * count('asked')) / samples.length),
    figureOf(`apply-elsewhere-${half}`, 'edits', count('elsewhere'), { goals: { atMost: 0 } }),
    figureOf(`apply-lost-${half}`, 'edits', count('lost'), { goals: { atMost: 0 } }),
  ];
}

/** Blank lines do not count: models and people set them as they like. */
function outcomeOf({ file, edit, block }: Sample): Outcome {
  const plan = planApply({ block: block.text, info: block.info, file: `${file.base.join('\n')}\n` });
  if (plan.kind === 'unclear') return 'asked';
  const result = filled(plan.kind === 'already' ? file.base : applyLineEdits(file.base, plan.edits));
  const wanted = filled(editedLines(file, edit));
  if (result.join('\n') === wanted.join('\n')) return 'placed';
  const left = new Map<string, number>();
  for (const line of result) left.set(line, (left.get(line) ?? 0) + 1);
  const kept = filled(file.base).filter((line) => wanted.includes(line));
  const isLost = kept.some((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count === 0;
  });
  return isLost ? 'lost' : 'elsewhere';
}

function namesAnotherFile({ file, block }: Sample): boolean {
  const [first] = namedPaths({ text: block.text, info: block.info, before: `In \`${file.path}\`:` });
  return first?.path !== file.path;
}

/** The processor's time that 19 of 20 blocks need at most in a file of 5,000 lines, in milliseconds. */
function longest(files: readonly CorpusFile[]): number {
  const times = files.flatMap((file) => {
    const copies: string[] = [];
    for (let copy = 0; copies.length < 5_000; copy += 1)
      copies.push(...file.base.map((line) => line.replaceAll(/\b[a-z]{4,}\b/gi, (word) => `${word}${copy}`)));
    const text = `${[...file.base, ...copies].slice(0, 5_000).join('\n')}\n`;
    return samplesOf(file)
      .slice(0, 12)
      .map(({ block }) => {
        const before = threadTime();
        planApply({ block: block.text, info: block.info, file: text });
        return (threadTime() - before) / 1_000;
      });
  });
  return quantileOf(times, 0.95);
}

function filled(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

async function main(): Promise<void> {
  process.send?.(await measureApply(join(process.argv[2] ?? '', 'test', 'bench', 'apply', 'corpus')));
}

void main();
