/** Work in small steps. Called again while it returns true. */
type IdleJob = () => boolean;

const jobs: IdleJob[] = [];
const waiting: (() => void)[] = [];
let requested = false;

/** Runs a job in the browser's idle time, after the earlier jobs. */
export function runWhenIdle(job: IdleJob): void {
  jobs.push(job);
  request();
}

/** Resolves when no job is left. */
export async function whenIdle(): Promise<void> {
  if (jobs.length === 0) return;
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
  });
}

function request(): void {
  if (requested) return;
  requested = true;
  // Runs even in a busy page, because missing colours are worse than a late frame.
  requestIdleCallback(work, { timeout: 1000 });
}

function work(deadline: IdleDeadline): void {
  requested = false;
  try {
    do {
      const job = jobs[0];
      if (job === undefined) break;
      if (!job()) jobs.shift();
    } while (deadline.timeRemaining() > 2);
  } catch (error) {
    // A job that fails is dropped, so that it does not block the others.
    jobs.shift();
    reportError(error);
  }
  if (jobs.length > 0) request();
  else for (const resolve of waiting.splice(0)) resolve();
}
