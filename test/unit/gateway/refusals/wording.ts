/** A gateway's reply. A string is `error.message` of the body. 200 means an error inside a reply that began well. */
export type Wording = readonly [status: number, body: unknown];

/** The usual shape of an error. */
export function message(text: string): unknown {
  return { error: { message: text } };
}
