import { fork } from 'node:child_process';
import { join } from 'node:path';
import { figureOf, type Figure } from '../figure';
import { mediansOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import type { FreshFigures } from './freshClient';
import { contestantFiles } from './field';

/** What a client costs in a process that has done nothing yet: to load it, its first answer, and its memory. */
export async function measureFreshClients(port: number, bundles: string): Promise<Figure[]> {
  const contestants = new Map(Object.entries(contestantFiles));
  const { load, first, memory } = await takeTurns(contestants, { rounds: 5, warmUps: 0 }, (file) =>
    runFresh(join(bundles, 'freshClient.cjs'), join(bundles, `${file}.cjs`), port),
  );
  const [loading, asking, remembering] = [load, first, memory].map(mediansOf);
  return [
    freshFigure('client-load', 'ms', loading),
    freshFigure('client-first-delta-cold', 'ms', asking),
    freshFigure('client-memory', 'MB', remembering),
  ];
}

function freshFigure(name: string, unit: string, medians: Readonly<Record<string, number>> = {}): Figure {
  const { parley = Number.NaN, 'raw-socket': floor = Number.NaN, ...peers } = medians;
  return figureOf(name, unit, parley, { floor, peers });
}

function runFresh(program: string, contestant: string, port: number): Promise<FreshFigures> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [contestant, String(port)]);
    let figures: FreshFigures | undefined;
    child.once('message', (message) => {
      figures = message as FreshFigures;
    });
    child.once('close', (code) => {
      if (figures === undefined) reject(new Error(`${contestant} broke down with code ${code ?? 'none'}.`));
      else resolve(figures);
    });
  });
}
