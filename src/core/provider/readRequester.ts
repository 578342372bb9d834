/** VS Code itself, its chat, and Parley. */
const own: ReadonlySet<string> = new Set(['core', 'github.copilot-chat', 'github.copilot', 'parley.parley']);

/** Who sends a request to a model. */
type Requester =
  /** VS Code, its chat or Parley, for which the user acts. */
  | { readonly kind: 'own' }
  | { readonly kind: 'unknown' }
  /** Another extension; `id` is in lower case. */
  | { readonly kind: 'extension'; readonly id: string };

/** Reads `requestInitiator`, which VS Code's stable types lack, so that it may be anything. */
export function readRequester(initiator: unknown): Requester {
  if (typeof initiator !== 'string' || initiator.trim() === '') return { kind: 'unknown' };
  const id = initiator.trim().toLowerCase();
  return own.has(id) ? { kind: 'own' } : { kind: 'extension', id };
}
