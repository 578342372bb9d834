import type { Env } from 'markdown-it';

const completeKey = Symbol('complete source');

/** An environment for a source that will not grow. */
export function asComplete(env: Env): Env {
  return { ...env, [completeKey]: true };
}

/** True if the source that is parsed will not grow. */
export function isComplete(env: Env): boolean {
  return env[completeKey] === true;
}

/** Marks an environment in place. Returns a function that removes the mark. */
export function completeInPlace(env: Env): () => void {
  const was = env[completeKey];
  env[completeKey] = true;
  return () => {
    env[completeKey] = was;
  };
}
