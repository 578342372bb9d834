import { equal } from 'node:assert/strict';
import { OutputInTurn } from '../../../scripts/outputInTurn.mjs';

describe('the output of test processes that run at the same time', () => {
  let printed: string;
  let output: OutputInTurn;

  beforeEach(() => {
    printed = '';
    output = new OutputInTurn((text) => {
      printed += text;
    });
  });

  it('is printed while it comes for the first process, and after it for the second', () => {
    const first = output.begin();
    const second = output.begin();
    first.write('a1 ');
    second.write('b1 ');
    equal(printed, 'a1 ');
    first.write('a2 ');
    equal(printed, 'a1 a2 ');
    first.end();
    equal(printed, 'a1 a2 b1 ');
    second.write('b2');
    equal(printed, 'a1 a2 b1 b2');
  });

  it('keeps the order in which the processes began, whichever of them ends first', () => {
    const [first, second, third] = [output.begin(), output.begin(), output.begin()];
    third.write('c');
    third.end();
    second.write('b');
    second.end();
    equal(printed, '');
    first.write('a');
    first.end();
    equal(printed, 'abc');
  });

  it('goes on with the next process when all before it have ended', () => {
    const first = output.begin();
    first.write('a');
    first.end();
    const second = output.begin();
    second.write('b');
    equal(printed, 'ab');
  });
});
