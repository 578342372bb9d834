/** What a gateway answered. A string is the body's `error.message`; 200 stands for an error inside a reply that began well. */
export type Wording = readonly [status: number, body: unknown];

/** The usual shape of an error. */
export function message(text: string): unknown {
  return { error: { message: text } };
}
