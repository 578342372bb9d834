/**
 * The part of `AbortController` that core uses. Core is type-checked without the types of Node and of the DOM, which both have
 * it. Only src/core/tsconfig.json includes this file, so it cannot conflict with the full types.
 */
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
