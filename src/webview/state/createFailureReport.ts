import type { Post } from './createPost';

/** As long as the host accepts. */
const longest = 4000;

/** Makes the function that tells the host's log what broke in the view. It never throws. */
export function createFailureReport(post: Post): (error: unknown) => void {
  return (error) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post('view-failed', { message: message.slice(0, longest) });
  };
}
