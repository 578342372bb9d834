import type { GivenMessage, GivenPart } from './givenMessage';

/** A message of the user before it has its final form. */
export interface UserDraft {
  readonly role: 'user';
  readonly texts: string[];
  readonly pictures: string[];
}

/** The result of a call. */
type Result = Extract<GivenPart, { kind: 'result' }>;

/** A call, and its result as soon as that is found. */
interface DraftCall extends Extract<GivenPart, { kind: 'call' }> {
  result?: Result;
}

/** An answer before it has its final form. */
export interface AssistantDraft {
  readonly role: 'assistant';
  text: string;
  reasoning: string;
  readonly calls: DraftCall[];
}

/** The messages in order, with each result at its call. */
interface Drafts {
  /** The text of all system messages. */
  readonly system: string;
  readonly drafts: readonly (UserDraft | AssistantDraft)[];
}

/**
 * Sorts the parts of messages by who says them: calls belong to answers, and results to their calls. A result without a call becomes
 * text of the user, because a shortened conversation may lack the call. Pictures in answers go to the user's next message.
 */
export function joinDrafts(messages: readonly GivenMessage[]): Drafts {
  const system: string[] = [];
  const drafts: (UserDraft | AssistantDraft)[] = [];
  const calls = new Map<string, DraftCall[]>();
  let waiting: string[] = [];
  for (const { role, parts } of messages) {
    // Each message begins a message of its own.
    let current: UserDraft | AssistantDraft | undefined;
    const user = (): UserDraft => {
      if (current?.role !== 'user') {
        current = { role: 'user', texts: [], pictures: waiting };
        waiting = [];
        drafts.push(current);
      }
      return current;
    };
    const assistant = (): AssistantDraft => {
      if (current?.role !== 'assistant') {
        current = { role: 'assistant', text: '', reasoning: '', calls: [] };
        drafts.push(current);
      }
      return current;
    };
    for (const part of parts) {
      switch (part.kind) {
        case 'text':
          if (role === 'system') system.push(part.text);
          else if (role === 'assistant') assistant().text += part.text;
          else user().texts.push(part.text);
          break;
        case 'reasoning':
          if (role === 'assistant') assistant().reasoning += part.text;
          break;
        case 'picture':
          if (role === 'assistant') waiting.push(part.url);
          else user().pictures.push(part.url);
          break;
        case 'call': {
          if (part.name.trim() === '') break;
          const call: DraftCall = { ...part };
          assistant().calls.push(call);
          calls.set(part.id, [...(calls.get(part.id) ?? []), call]);
          break;
        }
        case 'result': {
          const own = calls.get(part.callId) ?? [];
          const open = own.findLast(({ result }) => result === undefined);
          if (open !== undefined) open.result = part;
          else if (!own.some(({ result }) => result?.text === part.text)) {
            user().texts.push(`A tool returned:\n${part.text}`);
            user().pictures.push(...part.pictures);
          }
        }
      }
    }
  }
  return { system: system.filter((text) => text.trim() !== '').join('\n\n'), drafts };
}
