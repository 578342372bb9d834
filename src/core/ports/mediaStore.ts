/** Keeps pictures, sounds and videos beside the journals. A journal holds only their addresses. */
export interface MediaStore {
  /**
   * Stores the content of a `data:` URL for a conversation. Resolves to an address that begins with `parley-media:`; the same
   * content has the same address. Rejects if it cannot be written.
   */
  keep(conversationId: string, dataUrl: string): Promise<string>;
  /** The content of an address as a `data:` URL; undefined if it is not there. Never rejects. */
  read(conversationId: string, address: string): Promise<string | undefined>;
  /** Copies all media of a conversation to a fork of it. */
  copy(fromId: string, toId: string): Promise<void>;
}
