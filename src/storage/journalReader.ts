import type { Conversation } from '../shared/conversation';
import type { ConversationEvent } from '../shared/events';
import { emptyConversation } from '../shared/conversation';
import { reduce } from '../shared/reduce';
import type { FileHandle } from './fileSystem';
import { decodeLine, isCertainlyDelta, journalVersion } from './journalLine';
import { readLines } from './readLines';

/** What could be read of a journal. */
export interface JournalReading {
  /** Undefined when no event could be read. */
  readonly conversation: Conversation | undefined;
  /** Lines that are torn or overwritten. */
  readonly damagedLines: number;
  /** Lines that are whole, but that only a newer version understands. */
  readonly unknownLines: number;
  /** The header names a newer format: what was read may be less than there is. */
  readonly isNewer: boolean;
}

/** Reads what is whole and understood in a journal, line by line, whatever lies between. */
export class JournalReader {
  private conversation: Conversation | undefined;
  private damagedLines = 0;
  private unknownLines = 0;
  private isNewer = false;

  /** With `withoutDeltas` the answers stay empty: enough for a summary, and much quicker. */
  constructor(
    private readonly id: string,
    private readonly depth: 'whole' | 'withoutDeltas',
  ) {}

  async readFile(handle: FileHandle): Promise<void> {
    await readLines(handle, 0, (line) => {
      this.readLine(line);
    });
  }

  readLine(line: Buffer): void {
    if (this.depth === 'withoutDeltas' && isCertainlyDelta(line)) return;
    const content = decodeLine(line);
    switch (content.kind) {
      case 'event':
        this.take(content.event);
        break;
      case 'header':
        this.isNewer ||= content.version > journalVersion;
        break;
      case 'unknown':
        this.unknownLines += 1;
        break;
      case 'damaged':
        this.damagedLines += 1;
        break;
    }
  }

  take(event: ConversationEvent): void {
    this.conversation ??= emptyConversation(this.id, event.at);
    // The file's name is the conversation's id; a copied file must not pass for the original.
    reduce(this.conversation, event.kind === 'conversation-created' ? { ...event, id: this.id } : event);
  }

  finish(): JournalReading {
    const { conversation, damagedLines, unknownLines, isNewer } = this;
    return { conversation, damagedLines, unknownLines, isNewer };
  }
}
