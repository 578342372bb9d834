import type { EndpointFormat } from '../endpointFormat';
import { isKeptReasoningRefused, keptReasoningForm } from '../isKeptReasoningRefused';
import { findOutputLimit } from './findOutputLimit';
import { findThinkingForm } from './thinkingFields';
import { MessagesReader } from './messagesReader';
import { writeMessages } from './writeMessages';

/** The names of Chat Completions for fields that Anthropic names otherwise. */
const chatNames: Readonly<Record<string, string | undefined>> = {
  stop_sequences: 'stop',
  thinking: 'reasoning_effort',
  output_config: 'reasoning_effort',
  metadata: 'user',
};

/** Anthropic's words for a field that it does not know: `seed: Extra inputs are not permitted`. */
const extraField = /(?<![\w.])([a-z_]{1,60})(?:\.[\w.]{1,100})?: extra inputs are not permitted/i;

/** Anthropic's Messages API, `POST /messages`. */
export const messagesFormat: EndpointFormat = {
  endpoint: 'messages',
  write: writeMessages,
  chatNames,
  findRefusal(words, sent) {
    const { thinking } = sent as { readonly thinking?: unknown };
    if (thinking !== undefined) {
      const form = findThinkingForm(words, sent);
      if (form !== undefined) return form;
    }
    const field = extraField.exec(words.slice(0, 4_000))?.[1];
    if (field !== undefined && field in sent) return chatNames[field] ?? field;
    return findOutputLimit(words) ?? (isKeptReasoningRefused(words) ? keptReasoningForm : undefined);
  },
  newReader: () => new MessagesReader(),
};
