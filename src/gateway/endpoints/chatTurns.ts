import { asArray, asObject, asText, plainText } from '../json/replyObject';
import type { RequestBody } from '../unsupportedParameters/removeUnsupportedParameters';
import { messagesOf } from '../unsupportedParameters/rewriteMessages';

/** A piece of a user message. */
export type ContentPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** `url`: a data URL or a link. */
  | { readonly kind: 'picture'; readonly url: string };

/** A tool call in an earlier answer. `arguments` is JSON. */
interface CallPiece {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** A message of a request for Chat Completions, without its format. */
export type ChatTurn =
  | { readonly role: 'user'; readonly content: readonly ContentPiece[] }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly CallPiece[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

/** The messages of a request for Chat Completions. */
export interface ChatTurns {
  /** The text of all system messages; '' if the request has no system message. */
  readonly system: string;
  readonly turns: readonly ChatTurn[];
}

/** Reads the messages of a request for Chat Completions. Blank texts are left out, because other endpoints refuse them. */
export function turnsOf(body: RequestBody): ChatTurns {
  const system: string[] = [];
  const turns: ChatTurn[] = [];
  for (const message of messagesOf(body)) {
    const content = piecesOf(message.content);
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(textOf(content));
        break;
      case 'tool':
        turns.push({ role: 'tool', callId: plainText(message.tool_call_id), text: textOf(content) });
        break;
      case 'assistant':
        turns.push({
          role: 'assistant',
          text: textOf(content),
          calls: asArray(message.tool_calls).flatMap(callOf),
        });
        break;
      default:
        if (content.length > 0) turns.push({ role: 'user', content });
    }
  }
  return { system: system.filter((text) => text !== '').join('\n\n'), turns };
}

/** The index of the first turn after the last one of the user, where the model works with the results of its tools. */
export function startOfToolLoop(turns: readonly ChatTurn[]): number {
  return turns.findLastIndex(({ role }) => role === 'user') + 1;
}

/** The functions of a request for Chat Completions. */
export function functionsOf({ tools }: RequestBody): readonly Readonly<Record<string, unknown>>[] {
  return asArray(tools).flatMap((tool) => {
    const given = asObject(asObject(tool)?.function);
    return given === undefined ? [] : [given];
  });
}

/** The name of the function that `tool_choice` demands; undefined for another choice. */
export function demandedFunction(choice: unknown): string | undefined {
  return asText(asObject(asObject(choice)?.function)?.name);
}

function piecesOf(content: unknown): readonly ContentPiece[] {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : asArray(content);
  return parts.flatMap((part): readonly ContentPiece[] => {
    const { text, image_url: picture } = asObject(part) ?? {};
    const url = asText(asObject(picture)?.url);
    if (url !== undefined) return [{ kind: 'picture', url }];
    return typeof text === 'string' && text.trim() !== '' ? [{ kind: 'text', text }] : [];
  });
}

function textOf(pieces: readonly ContentPiece[]): string {
  return pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join('\n\n');
}

function callOf(call: unknown): readonly CallPiece[] {
  const { id, function: called } = asObject(call) ?? {};
  const { name, arguments: given } = asObject(called) ?? {};
  return [{ id: plainText(id), name: plainText(name), arguments: asText(given) ?? '{}' }];
}
