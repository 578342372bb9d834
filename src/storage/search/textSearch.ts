import type { ConversationSummary, SearchHit } from '../../core/ports/conversationStore';
import { excerptOf } from './excerptOf';
import type { FileFacts } from '../files/fileSystem';
import { foldText, queryWords } from './foldText';
import { mapConcurrently } from '../files/mapConcurrently';
import type { TextCache } from './textCache';

const concurrentTexts = 8;

/** What `TextSearch` needs. */
interface TextSearchPorts {
  readonly cache: TextCache;
  /** The size and time of a conversation's journal at the last listing. */
  readonly factsOf: (id: string) => FileFacts | undefined;
  /** The text of a conversation from its journal; undefined if the journal cannot be read. */
  readonly readText: (id: string) => Promise<string | undefined>;
}

interface PastSearch {
  readonly words: readonly string[];
  /** The conversations without the words, with the size and time of their journals. */
  readonly misses: ReadonlyMap<string, FileFacts>;
}

/** Finds words in titles and texts. A longer query reads only the conversations that had the words of the shorter one. */
export class TextSearch {
  private past: PastSearch = { words: [], misses: new Map() };

  constructor(private readonly ports: TextSearchPorts) {}

  /** The conversations that contain every word of `query`, in the given order; all of them for a blank query. */
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
      // A conversation that could not be read may contain the words, so it is not a miss.
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

  /** The text in NFC, so that folding rarely changes its length. */
  private async textOf(id: string, facts: FileFacts | undefined): Promise<string | undefined> {
    const kept = facts && (await this.ports.cache.find(id, facts));
    if (kept !== undefined) return kept;
    const text = (await this.ports.readText(id))?.normalize('NFC');
    if (text !== undefined && facts !== undefined) await this.ports.cache.keep(id, facts, text);
    return text;
  }
}
