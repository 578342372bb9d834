import * as v from 'valibot';

/** A picture, a sound or a video in an answer. */
export const mediaSchema = v.object({
  kind: v.picklist(['image', 'audio', 'video']),
  /**
   * A `data:` URL if the answer contains it, the address of a stored file (see `isStoredMedia`), otherwise an `https:` or
   * `http:` URL from which it can be fetched.
   */
  url: v.string(),
  mimeType: v.exactOptional(v.string()),
  /** Its name from the gateway, or its alternative text. */
  name: v.exactOptional(v.string()),
  /** The prompt that the model made of the user's. */
  revisedPrompt: v.exactOptional(v.string()),
});

/** A picture, a sound or a video in an answer. */
export type Media = v.InferOutput<typeof mediaSchema>;

/** Begins the address of a medium that is stored beside the journal. */
export const storedMediaScheme = 'parley-media:';

/** True for a medium that is stored beside the journal of its conversation. */
export function isStoredMedia(url: string): boolean {
  return url.startsWith(storedMediaScheme);
}
