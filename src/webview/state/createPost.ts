import type { ToHost } from '../../shared/messages/toHost';

/** The API that VS Code gives to a webview. It may be acquired once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  /** The last value of `setState`, also from before the view was hidden or the window reloaded. */
  getState(): unknown;
  setState(state: unknown): void;
}

/** Sends an intent to the host, which replies only with events and messages. */
export type Post = <Type extends keyof ToHost>(type: Type, body: ToHost[Type]) => void;

/** Makes the function that sends intents over VS Code's channel. */
export function createPost(api: VsCodeApi): Post {
  return (type, body) => {
    api.postMessage({ type, body });
  };
}
