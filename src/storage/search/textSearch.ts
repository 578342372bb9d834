import type { ConversationSummary, SearchHit } from '../../core/ports/conversationStore';
import { excerptOf } from './excerptOf';
import type { FileFacts } from '../files/fileSystem';
import { foldText, queryWords } from './foldText';
import { mapConcurrently } from '../files/mapConcurrently';
import type { TextCache } from './textCache';

const concurrentTexts = 8;

/** What a search needs of the library. */
export interface TextSearchPorts {
  readonly cache: TextCache;
  /** State of a conversation's journal at the last listing. */
  readonly factsOf: (id: string) => FileFacts | undefined;
  /** A conversation's words from its journal; undefined when it cannot be read. */
  readonly readText: (id: string) => Promise<string | undefined>;
}

interface PastSearch {
  readonly words: readonly string[];
  /** What did not have the words, and the journal's state then. */
  readonly misses: ReadonlyMap<string, FileFacts>;
}

/** Finds words in titles and texts. While somebody types on, only what had the shorter words is read again. */
export class TextSearch {
  private past: PastSearch = { words: [], misses: new Map() };

  constructor(private readonly ports: TextSearchPorts) {}

  /** The conversations, in their order, that have every word of `query`; all of them for a blank one. */
  async search(query: string, conversations: readonly ConversationSummary[]): Promise<readonly SearchHit[]> {
    const words = queryWords(query);
    if (words.length === 0) return conversations.map((conversation) => ({ conversation, excerpt: null }));
    const { past } = this;
    const isNarrower = past.words.every((word) => words.some((longer) => longer.includes(word)));
    const misses = new Map<string, FileFacts>();
    const hits = await mapConcurrently(conversations, concurrentTexts, async (conversation) => {
      const facts = this.ports.factsOf(conversation.id);
      const missed = isNarrower ? past.misses.get(conversation.id) : undefined;
      const isMissed =
        missed !== undefined && missed.size === facts?.size && missed.modifiedAt === facts.modifiedAt;
      const hit = isMissed ? 'no-hit' : await this.match(conversation, words, facts);
      // What could not be read may have the words.
      if (hit === 'no-hit' && facts !== undefined) misses.set(conversation.id, facts);
      return hit;
    });
    this.past = { words, misses };
    return hits.filter((hit) => typeof hit === 'object');
  }

  private async match(
    conversation: ConversationSummary,
    words: readonly string[],
    facts: FileFacts | undefined,
  ): Promise<SearchHit | 'no-hit' | 'unread'> {
    const title = foldText(conversation.title);
    const missing = words.filter((word) => !title.includes(word));
    if (missing.length === 0) return { conversation, excerpt: null };
    const text = await this.textOf(conversation.id, facts);
    if (text === undefined) return 'unread';
    const folded = foldText(text);
    if (!missing.every((word) => folded.includes(word))) return 'no-hit';
    return { conversation, excerpt: excerptOf(text, folded, missing) };
  }

  /** Normalised, so that folding seldom changes its length. */
  private async textOf(id: string, facts: FileFacts | undefined): Promise<string | undefined> {
    const kept = facts && (await this.ports.cache.find(id, facts));
    if (kept !== undefined) return kept;
    const text = (await this.ports.readText(id))?.normalize('NFC');
    if (text !== undefined && facts !== undefined) await this.ports.cache.keep(id, facts, text);
    return text;
  }
}
