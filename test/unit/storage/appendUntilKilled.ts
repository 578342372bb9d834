/**
 * The process that the kill tests kill. Appends answers to one conversation and prints the number of each answer when it is
 * acknowledged. Arguments: folder, first number.
 */
import { writeSync } from 'node:fs';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { answerEvent, endEvent, textEvent } from '../../support/storage/exampleEvents';

const [folder = '', first = '0'] = process.argv.slice(2);
const complain = (message: string): void => {
  console.error(message);
};
const store = createConversationStore({
  folder,
  log: { info: complain, warn: complain, error: complain },
  now: Date.now,
});

async function appendAnswers(): Promise<void> {
  for (let number = Number(first); ; number += 1) {
    const id = `m-${number}`;
    const pieces = Array.from({ length: 20 }, (_, index) => textEvent(id, `${number}:${index} `.repeat(50)));
    await Promise.all([
      store.append('c', [answerEvent(id, null)]),
      ...pieces.map((piece) => store.append('c', [piece])),
      store.append('c', [endEvent(id)]),
    ]);
    writeSync(1, `${number}\n`);
  }
}

void appendAnswers();
