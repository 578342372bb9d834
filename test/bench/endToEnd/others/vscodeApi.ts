declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();

/** Asks the extension for an answer, when the benchmark says so. */
export function offerAsking(clear: () => void): void {
  window.askNow = () => {
    clear();
    api.postMessage(null);
  };
}

declare global {
  interface Window {
    /** Set when the page is ready: asks for an answer. */
    askNow: () => void;
  }
}
