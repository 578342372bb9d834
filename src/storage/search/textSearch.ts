import type { ConversationSummary, SearchHit } from '../../core/ports/conversationStore';
import { excerptOf } from './excerptOf';
import type { FileFacts } from '../files/fileFacts';
import { foldComposed, foldText, queryWords } from './foldText';
import { TextCache, type TextCacheOptions } from './textCache';

/** What `TextSearch` needs. */
interface TextSearchPorts extends TextCacheOptions {
  /** The size and time of a conversation's journal at the last listing. */
  readonly factsOf: (id: string) => FileFacts | undefined;
}

interface PastSearch {
  readonly words: readonly string[];
  /** The conversations without the words, with the size and time of their journals. */
  readonly misses: ReadonlyMap<string, FileFacts>;
}

/** A conversation whose text may have the words that its title and models do not have. */
interface Candidate {
  readonly id: string;
  readonly facts: FileFacts | undefined;
  readonly conversation: ConversationSummary;
  /** The words that are neither in the title nor in the names of the models. */
  readonly missing: readonly string[];
}

/**
 * Finds words in titles, models and texts. A longer query reads only the conversations that had the words of the shorter
 * one.
 */
export class TextSearch {
  private past: PastSearch = { words: [], misses: new Map() };
  private readonly cache: TextCache;

  constructor(private readonly ports: TextSearchPorts) {
    this.cache = new TextCache(ports);
  }

  /** Deletes the stored text of a removed conversation. Never rejects. */
  async forget(id: string): Promise<void> {
    await this.cache.forget(id);
  }

  /** The conversations that contain every word of `query`, in the given order; all of them for a blank query. */
  async search(query: string, conversations: readonly ConversationSummary[]): Promise<readonly SearchHit[]> {
    const words = queryWords(query);
    if (words.length === 0) return conversations.map((conversation) => ({ conversation, excerpt: null }));
    const { past } = this;
    const isNarrower = past.words.every((word) => words.some((longer) => longer.includes(word)));
    const misses = new Map<string, FileFacts>();
    const hits = new Map<string, SearchHit>();
    const candidates = new Map<string, Candidate>();
    for (const conversation of conversations) {
      const { id } = conversation;
      const facts = this.ports.factsOf(id);
      const missed = isNarrower ? past.misses.get(id) : undefined;
      if (missed !== undefined && missed.size === facts?.size && missed.modifiedAt === facts.modifiedAt) {
        misses.set(id, missed);
        continue;
      }
      const missing = missingWords(conversation, words);
      if (missing.length === 0) hits.set(id, { conversation, excerpt: null });
      else candidates.set(id, { id, facts, conversation, missing });
    }
    const ids = conversations.map(({ id }) => id);
    await this.cache.forEach([...candidates.values()], ids, (id, text) => {
      const candidate = candidates.get(id);
      // A conversation that could not be read may contain the words, so it is not a miss.
      if (candidate === undefined || text === undefined) return;
      const { facts, conversation, missing } = candidate;
      const folded = foldComposed(text);
      if (missing.every((word) => folded.includes(word))) {
        hits.set(id, { conversation, excerpt: excerptOf(text, folded, missing) });
      } else if (facts !== undefined) misses.set(id, facts);
    });
    this.past = { words, misses };
    return ids.map((id) => hits.get(id)).filter((hit) => hit !== undefined);
  }
}

/** The words that are neither in the title nor in the name of a model. */
function missingWords({ title, models }: ConversationSummary, words: readonly string[]): readonly string[] {
  const foldedTitle = foldText(title);
  const missing = words.filter((word) => !foldedTitle.includes(word));
  if (missing.length === 0 || models.length === 0) return missing;
  const names = foldText(models.join('\n'));
  return missing.filter((word) => !names.includes(word));
}
