import type { ToHost } from '../../shared/messages/toHost';

/** What VS Code gives to a webview; may be acquired once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  /** What `setState` stored last, also before the view was hidden or the window reloaded. */
  getState(): unknown;
  setState(state: unknown): void;
}

/** Sends an intent to the host. Nothing comes back but events. */
export type Post = <Type extends keyof ToHost>(type: Type, body: ToHost[Type]) => void;

/** Makes the sender of intents over VS Code's own channel. */
export function createPost(api: VsCodeApi): Post {
  return (type, body) => {
    api.postMessage({ type, body });
  };
}
