import type { Post } from './createPost';

/** The longest report that the host accepts. */
const longest = 4000;

/** Makes the function that reports errors of the view to the host's log. It never throws. */
export function createFailureReport(post: Post): (error: unknown) => void {
  return (error) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post('view-failed', { message: message.slice(0, longest) });
  };
}
