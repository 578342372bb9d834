declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();

/** Takes away the answer that is there, and asks the extension for another, when the benchmark says so. */
export function offerAsking(clear: () => void): void {
  window.clearNow = clear;
  window.askNow = () => {
    api.postMessage(null);
  };
}

declare global {
  interface Window {
    /** Takes away the answer that is there. */
    clearNow: () => void;
    /** Set when the page is ready: asks for an answer. */
    askNow: () => void;
  }
}
