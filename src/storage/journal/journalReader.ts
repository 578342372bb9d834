import type { Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { emptyConversation } from '../../shared/conversation/conversation';
import { reduce } from '../../shared/conversation/reduce';
import type { FileHandle } from '../files/fileSystem';
import { decodeLine, isCertainlyDelta, journalVersion } from './journalLine';
import { readLines } from './readLines';
import { placeholderFor } from './placeholderFor';

/** The result of reading a journal. */
export interface JournalReading {
  /** Undefined if no event could be read. */
  readonly conversation: Conversation | undefined;
  /** The number of lines that were overwritten. */
  readonly damagedLines: number;
  /** The number of incomplete lines: they are being written, or a crash stopped the write. */
  readonly tornLines: number;
  /** The number of complete lines that only a newer version of Parley can read. */
  readonly unknownLines: number;
  /** True if the header names a newer format, so that the conversation may contain more than was read. */
  readonly isNewer: boolean;
  /** The size of the file in bytes. */
  readonly size: number;
}

/** True if the journal is damaged and contains nothing that this or a newer version can show. */
export function isLost({ conversation, damagedLines, unknownLines, isNewer }: JournalReading): boolean {
  const isEmpty = conversation === undefined || conversation.messages.size === 0;
  return isEmpty && damagedLines > 0 && unknownLines === 0 && !isNewer;
}

/** Reads a journal line by line into a conversation, and skips lines that it cannot read. */
export class JournalReader {
  private conversation: Conversation | undefined;
  private damagedLines = 0;
  private tornLines = 0;
  private unknownLines = 0;
  private size = 0;
  private lastMessage: string | null = null;
  private isNewer = false;

  /** @param depth `withoutDeltas` leaves the answers empty, which is enough for a summary and much faster. */
  constructor(
    private readonly id: string,
    private readonly depth: 'whole' | 'withoutDeltas',
  ) {}

  /** Reads all lines of an open file. */
  async readFile(handle: FileHandle): Promise<void> {
    this.size = await readLines(handle, 0, (line, isEnded) => {
      this.readLine(line, isEnded);
    });
  }

  /** Reads one line. @param isEnded False if the file ends without a line end after this line. */
  readLine(line: Buffer, isEnded = true): void {
    // If a line is missing, a delta may be the only trace of its answer, so deltas are not skipped.
    if (this.depth === 'withoutDeltas' && !this.isIncomplete && isCertainlyDelta(line)) return;
    const content = decodeLine(line, isEnded);
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
      case 'torn':
        this.tornLines += 1;
        break;
      case 'damaged':
        this.damagedLines += 1;
        break;
    }
  }

  /** The result of all lines that were read. */
  finish(): JournalReading {
    const { conversation, damagedLines, tornLines, unknownLines, isNewer, size } = this;
    return { conversation, damagedLines, tornLines, unknownLines, isNewer, size };
  }

  private take(event: ConversationEvent): void {
    this.conversation ??= emptyConversation(this.id, event.at);
    // The name of the file is the id of the conversation. A copy of a file must not have the id of the original.
    const own = event.kind === 'conversation-created' ? { ...event, id: this.id } : event;
    if (this.apply(own) || !this.isIncomplete) return;
    const placeholder = placeholderFor(own, this.conversation, this.lastMessage);
    if (placeholder !== undefined && this.apply(placeholder)) this.apply(own);
  }

  private apply(event: ConversationEvent): boolean {
    const isApplied = this.conversation !== undefined && reduce(this.conversation, event);
    if (isApplied && event.kind === 'message-added') this.lastMessage = event.id;
    return isApplied;
  }

  private get isIncomplete(): boolean {
    return this.damagedLines + this.tornLines + this.unknownLines > 0;
  }
}
