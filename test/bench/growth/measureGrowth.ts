/**
 * Measures how cost grows with a conversation's length, the number of chats, the length of a list of models, and the size
 * of an attached file: each at 1×, 10× and 100×. Sends its figures to the parent process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureAttachments } from './attachmentGrowth';
import { measureChats } from './chatsGrowth';
import { measureConversations } from './conversationGrowth';
import { measureModels } from './modelsGrowth';

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-growth-'));
  try {
    process.send?.([
      ...(await measureConversations(join(folder, 'conversation'))),
      ...(await measureChats(folder)),
      ...(await measureModels()),
      ...(await measureAttachments()),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
