import { pathTo, type AssistantMessage } from '../shared/conversation';
import type { Book } from './book';
import { collectText } from './collectText';
import type { ChatClient, Log, PromptMessage } from './ports';
import { userText } from './prompt';
import type { Target } from './target';
import { titleFromModel } from './title';

/** What finding a title needs. */
export interface AutomaticTitlePorts {
  readonly client: ChatClient;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** True when the user wants titles from the model; absent for never. */
  readonly wantsTitles?: () => boolean;
}

/** Of the prompt and the answer only their beginnings are shown to the model, in UTF-16 units: a title needs no more. */
const mostShown = 2_000;
/** A model that writes more than this was not going to write a title. */
const longestReply = 2_000;

/** Gives a conversation a better title than its first words, once, after the first whole answer: the model that wrote it is asked. */
export class AutomaticTitle {
  private wasAsked = false;

  constructor(
    private readonly book: Book,
    private readonly ports: AutomaticTitlePorts,
  ) {}

  /** An answer has ended: if it was the first, its model is asked for a title. */
  answerEnded(answer: AssistantMessage, target: Target): void {
    if (this.wasAsked || this.ports.wantsTitles?.() !== true) return;
    if (this.book.conversation.titleSource !== 'prompt') return;
    if (answer.ending?.outcome !== 'completed' || answer.text.trim() === '') return;
    // Only the first exchange: a conversation of an earlier session keeps the title that it has.
    const path = pathTo(this.book.conversation, answer.id);
    if (path.filter(({ role }) => role === 'user').length !== 1) return;
    this.wasAsked = true;
    void this.ask(answer, target);
  }

  private async ask(answer: AssistantMessage, { route, model }: Target): Promise<void> {
    if ('failure' in route) return;
    const [prompt] = pathTo(this.book.conversation, answer.id);
    if (prompt?.role !== 'user') return;
    try {
      const messages = buildTitlePrompt(userText(prompt), answer.text);
      const stream = this.ports.client.ask({ ...route, parameters: {}, modelId: model.modelId, messages });
      const title = titleFromModel(await collectText(stream, longestReply));
      // The user may have named it meanwhile.
      if (title === '' || this.book.conversation.titleSource !== 'prompt') return;
      this.book.write([{ kind: 'title-changed', title, source: 'model', at: this.ports.now() }]);
    } catch (error) {
      this.ports.log.warn(`No title could be had: ${String(error)}`);
    }
  }
}

function buildTitlePrompt(prompt: string, answer: string): PromptMessage[] {
  const content = [
    'Write a title for this conversation: three to seven words, in the language of the question, no quotation marks, no full stop. Reply with the title alone.',
    `Question:\n${prompt.slice(0, mostShown)}`,
    `Answer:\n${answer.slice(0, mostShown)}`,
  ];
  return [{ role: 'user', content: content.join('\n\n') }];
}
