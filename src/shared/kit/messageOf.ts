/**
 * A message as it travels between host and webview: `{type, body}`, but for the text of a stream (`packToViewMessage`). The view
 * sends intents (`ToHost`) and never waits for a reply: the answer to an intent is an event or a new state (`ToView`). Keys never
 * cross.
 */
export type MessageOf<Bodies> = { [Type in keyof Bodies]: { type: Type; body: Bodies[Type] } }[keyof Bodies];
