import { withoutKeys } from './withoutKeys';

/** A commit, as git's log has it. */
interface LoggedCommit {
  readonly message: string;
  readonly authorEmail?: string | undefined;
}

/** Earlier messages whose style a new one follows. */
export interface StyleExamples {
  /** Messages of the user, newest first, with their bodies. */
  readonly own: readonly string[];
  /** Subjects of the repository's other messages, newest first. */
  readonly others: readonly string[];
}

const mostOwn = 5;
const mostOthers = 10;
/** The longest example and the longest subject, in UTF-16 units. */
const longestExample = 500;
const longestSubject = 160;
/** Messages that git and bots write. */
const automatic =
  /^(?:merge (?:branch|pull request|remote|tag|commit)|revert "|fixup!|squash!|amend!|bump \S+ from |initial commit$)/i;
/** Lines at the end that name people or tools. They are not sent. */
const trailer =
  /^(?:signed-off-by|co-authored-by|reviewed-by|acked-by|tested-by|reported-by|cc|change-id|git-svn-id|reviewed-on):/i;

/**
 * Chooses the messages that show how this user and this repository write.
 *
 * @param commits Newest first.
 * @param ownEmail The user's address in git's settings; '' if unknown.
 */
export function styleExamples(commits: readonly LoggedCommit[], ownEmail: string): StyleExamples {
  const own: string[] = [];
  const others: string[] = [];
  for (const { message, authorEmail } of commits) {
    const text = withoutTrailers(message);
    if (text === '' || automatic.test(text)) continue;
    const isOwn = ownEmail !== '' && authorEmail?.toLowerCase() === ownEmail.toLowerCase();
    if (isOwn && own.length < mostOwn) own.push(withoutKeys(text.slice(0, longestExample)).text);
    else if (others.length < mostOthers)
      others.push(withoutKeys((text.split('\n')[0] ?? '').slice(0, longestSubject)).text);
  }
  return { own, others };
}

function withoutTrailers(message: string): string {
  return message
    .split('\n')
    .filter((line) => !trailer.test(line.trim()))
    .join('\n')
    .trim();
}
