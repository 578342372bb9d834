import { printFigures } from '../support/printFigures';

/** The numbers that the suite counts. */
export const figures = {
  kills: 0,
  /** The number of kills during an act that was not acknowledged. */
  killsInFlight: 0,
  /** The number of journal lines that a kill has truncated. */
  tornLines: 0,
  operationsFailed: 0,
  cuts: 0,
  bytesChanged: 0,
  windowsAtOnce: 0,
  acknowledged: 0,
  lost: 0,
};

/** Prints the numbers on one line. */
export function printDurability(): void {
  printFigures('durability', {
    kills: figures.kills,
    'of them amid an operation': figures.killsInFlight,
    'lines cut by them': figures.tornLines,
    'operations failed': figures.operationsFailed,
    'files cut short': figures.cuts,
    'files with wrong bytes': figures.bytesChanged,
    'windows at once': figures.windowsAtOnce,
    'messages and pieces acknowledged': figures.acknowledged,
    'messages lost': figures.lost,
  });
}
