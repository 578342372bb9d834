import { wordsOf } from '../../../failures/describeError';
import { parseReply } from '../../../json/parseReply';
import { asCount, asObject, asText } from '../../../json/replyObject';
import { taskId } from '../tasks/taskId';

type Fields = Readonly<Record<string, unknown>>;

/** The reply to a submission to `/mj/submit/…`. */
type MidjourneySubmission =
  | {
      readonly kind: 'task';
      readonly taskId: string;
      /** It waits for a prompt. */ readonly needsInput?: true;
    }
  | { readonly kind: 'refused'; readonly code: number; readonly words: string };

/** 1: accepted. 21: exists already, or waits for a choice of the user. 22: queued. */
const accepted: ReadonlySet<number> = new Set([1, 21, 22, 200]);

/** Code 21 with such words waits for a window that Discord would open. */
const windowWords = /window|confirm|modal|窗口|弹窗/i;

/**
 * Reads `{code, description, result, properties}`. The id may be a bare number of 17 to 20 digits, which is read from the text. Undefined
 * if the text is something else.
 */
export function readMidjourneySubmission(text: string): MidjourneySubmission | undefined {
  const value = asObject(parseReply(text)) as Fields | undefined;
  const code = asCount(value?.['code']);
  if (value === undefined || code === undefined) return undefined;
  const id = taskId(value['result'], 'result', text);
  if (accepted.has(code)) {
    if (id === undefined) return undefined;
    const needsInput = code === 21 && windowWords.test(asText(value['description'])?.slice(0, 200) ?? '');
    return { kind: 'task', taskId: id, ...(needsInput && { needsInput }) };
  }
  const properties = asObject(value['properties']) as Fields | undefined;
  const banned = asText(properties?.['bannedWord']);
  const words = asText(value['description']) ?? wordsOf(value);
  return { kind: 'refused', code, words: banned === undefined ? words : `${words}: ${banned}` };
}
