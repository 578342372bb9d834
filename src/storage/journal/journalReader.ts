import type { Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { emptyConversation } from '../../shared/conversation/conversation';
import { reduce } from '../../shared/conversation/reduce';
import type { FileHandle } from '../files/fileSystem';
import { decodeLine, isCertainlyDelta, journalVersion } from './journalLine';
import { readLines } from './readLines';
import { placeholderFor } from './placeholderFor';

/** What could be read of a journal. */
export interface JournalReading {
  /** Undefined when no event could be read. */
  readonly conversation: Conversation | undefined;
  /** Lines that were overwritten. */
  readonly damagedLines: number;
  /** Beginnings of lines: a crash came between, or they are being written. */
  readonly tornLines: number;
  /** Lines that are whole, but that only a newer version understands. */
  readonly unknownLines: number;
  /** The header names a newer format: what was read may be less than there is. */
  readonly isNewer: boolean;
  /** Bytes of the file. */
  readonly size: number;
}

/** True when a journal is damaged so much that nothing of it can be shown, now or by a newer version. */
export function isLost({ conversation, damagedLines, unknownLines, isNewer }: JournalReading): boolean {
  const isEmpty = conversation === undefined || conversation.messages.size === 0;
  return isEmpty && damagedLines > 0 && unknownLines === 0 && !isNewer;
}

/** Reads what is whole and understood in a journal, line by line, whatever lies between. */
export class JournalReader {
  private conversation: Conversation | undefined;
  private damagedLines = 0;
  private tornLines = 0;
  private unknownLines = 0;
  private size = 0;
  private lastMessage: string | null = null;
  private isNewer = false;

  /** With `withoutDeltas` the answers stay empty: enough for a summary, and much quicker. */
  constructor(
    private readonly id: string,
    private readonly depth: 'whole' | 'withoutDeltas',
  ) {}

  async readFile(handle: FileHandle): Promise<void> {
    this.size = await readLines(handle, 0, (line, isEnded) => {
      this.readLine(line, isEnded);
    });
  }

  /** @param isEnded False when the file ends before the line does. */
  readLine(line: Buffer, isEnded = true): void {
    // Where something is missing, a piece of an answer may be all that tells of the answer.
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

  finish(): JournalReading {
    const { conversation, damagedLines, tornLines, unknownLines, isNewer, size } = this;
    return { conversation, damagedLines, tornLines, unknownLines, isNewer, size };
  }

  private take(event: ConversationEvent): void {
    this.conversation ??= emptyConversation(this.id, event.at);
    // The file's name is the conversation's id; a copied file must not pass for the original.
    const own = event.kind === 'conversation-created' ? { ...event, id: this.id } : event;
    if (this.apply(own) || !this.isIncomplete) return;
    const standIn = placeholderFor(own, this.conversation, this.lastMessage);
    if (standIn !== undefined && this.apply(standIn)) this.apply(own);
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
