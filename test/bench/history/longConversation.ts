import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import { reduce } from '../../../src/shared/conversation/reduce';
import { asked, begun, ended, said } from '../../webview/panel/samples';
import { answerOf } from '../render/answer';

/** A conversation of so many messages, prompts and answers in turn; the answers are of 3,000 characters, more or less. */
export function longConversation(messageCount: number): Conversation {
  const conversation = emptyConversation('long', 0);
  const text = answerOf(40_000);
  let parent: string | null = null;
  for (let number = 0; number < messageCount; number += 2) {
    const [prompt, answer] = [`p${number}`, `a${number}`];
    const start = (number * 67) % 30_000;
    const paragraph = text.indexOf('\n\n', start) + 2;
    const length = 1_500 + ((number * 397) % 3_100);
    reduce(conversation, asked(prompt, `How does step ${number} of it work?`, parent));
    reduce(conversation, begun(answer, prompt));
    reduce(conversation, said(answer, text.slice(paragraph, paragraph + length)));
    reduce(conversation, ended(answer));
    parent = answer;
  }
  return conversation;
}
