/** A part of a message that another program sends to a model. */
export type GivenPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** `url`: a `data:` URL. */
  | { readonly kind: 'picture'; readonly url: string }
  /** `arguments`: a JSON object. */
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly arguments: string }
  | {
      readonly kind: 'result';
      readonly callId: string;
      readonly text: string;
      /** `data:` URLs. */
      readonly pictures: readonly string[];
    };

/** A message that another program sends to a model. Its parts may be in any order, and calls and results may be unpaired. */
export interface GivenMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly GivenPart[];
}
