import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import type { ToViewMessage } from '../../../../src/shared/messages/toView';
import type { VsCodeApi } from '../../../../src/webview/state/createPost';
import { audit, takeBaseline, type Baseline } from './audit';
import { finishParts } from './finishParts';
import { frame, idle, until } from './pauses';
import { noteRenderers } from './renderers';
import { visit } from './visit';

/** What happened in the panel's page since `begin`. */
export interface PageReport {
  /** Reports of the content security policy. */
  readonly violations: readonly string[];
  /** What broke, in the panel's own words to the host. */
  readonly failures: readonly string[];
  /** What stood in the page that could act. */
  readonly traces: readonly string[];
  /** Names of the renderers that drew something. */
  readonly renderers: readonly string[];
  /** The longest that the page stood still, in milliseconds. */
  readonly longestTask: number;
  /** Diagrams and formulas that were never finished. */
  readonly unfinished: readonly string[];
}

/** Stands in each frame before anything else, and tells what happens there. */
export interface Witness {
  /** True in the panel's page once the panel has its link to the host. */
  readonly isInPanel: boolean;
  /** Sends the host a message by the panel's own link. */
  post(type: string, body: unknown): void;
  /** Takes the page as it is for harmless, and begins to listen. */
  settle(): void;
  /** Forgets what has happened so far. */
  begin(): void;
  /** Resolves when these messages are drawn, everything in them is unfolded, and nothing moves any longer. */
  drawn(ids: readonly string[], patience: number): Promise<void>;
  /** Shows states and conversations as the host would, each for two frames. */
  show(messages: readonly ToViewMessage[]): Promise<void>;
  /** Shows a conversation as the host would, and lets it grow step by step, one a frame. */
  grow(first: ToViewMessage, steps: readonly (readonly ConversationEvent[])[]): Promise<void>;
  report(): PageReport;
}

declare global {
  var hostileWitness: Witness;
  var acquireVsCodeApi: (() => VsCodeApi) | undefined;
}

const violations: string[] = [];
const failures: string[] = [];
const unfinished: string[] = [];
const seen = new Set<string>();
const traces = new Set<string>();
let longestTask = 0;
let api: VsCodeApi | undefined;
let baseline: Baseline = { elements: new Set(), ids: new Set() };
let revision = 1_000_000;
const stepsBetweenLooks = 40;

catchApi();
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
}).observe({ type: 'longtask', buffered: true });

globalThis.hostileWitness = {
  get isInPanel() {
    return api !== undefined;
  },
  post: (type, body) => api?.postMessage({ type, body }),
  settle: () => {
    // Only now: VS Code writes its page anew, which takes away all listeners.
    removeEventListener('securitypolicyviolation', noteViolation, { capture: true });
    addEventListener('securitypolicyviolation', noteViolation, { capture: true });
    baseline = takeBaseline();
  },
  begin: () => {
    violations.length = 0;
    failures.length = 0;
    unfinished.length = 0;
    seen.clear();
    traces.clear();
    longestTask = 0;
  },
  drawn,
  show,
  grow,
  report: () => {
    look();
    return {
      violations: [...violations],
      failures: [...failures],
      traces: [...traces],
      renderers: [...seen],
      longestTask,
      unfinished: [...unfinished],
    };
  },
};

function noteViolation({ effectiveDirective, blockedURI, sample }: SecurityPolicyViolationEvent): void {
  violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
}

/** VS Code defines `acquireVsCodeApi` in the panel's page, and gives the link once. What goes over it is noted. */
function catchApi(): void {
  let acquire: (() => VsCodeApi) | undefined;
  Object.defineProperty(globalThis, 'acquireVsCodeApi', {
    configurable: true,
    get: () => acquire,
    set: (given: () => VsCodeApi) => {
      acquire = () => {
        const link = given();
        api = link;
        return {
          ...link,
          postMessage: (message: { readonly type?: unknown; readonly body?: unknown }) => {
            if (message.type === 'view-failed') failures.push(JSON.stringify(message.body).slice(0, 600));
            link.postMessage(message);
          },
        };
      };
    },
  });
}

async function drawn(ids: readonly string[], patience: number): Promise<void> {
  const isThere = (id: string): boolean => document.querySelector(`[data-message="${id}"]`) !== null;
  if (!(await until(() => ids.every(isThere), patience)))
    throw new Error(`Not drawn: ${ids.filter((id) => !isThere(id)).join(' ')}`);
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  await frame();
  unfinished.push(...(await finishParts()));
  look();
  await visit(look);
  await idle();
  await idle();
}

/** Takes note of what stands in the page now. */
function look(): void {
  noteRenderers(seen);
  for (const trace of audit(baseline)) traces.add(trace);
}

/** Shows states and conversations as the host would, one after the other. */
async function show(messages: readonly ToViewMessage[]): Promise<void> {
  for (const message of messages) {
    if (message.type === 'snapshot') {
      revision += 1;
      window.postMessage({ ...message, body: { ...message.body, revision } });
    } else window.postMessage(message);
    await frame();
    await frame();
    look();
  }
}

async function grow(first: ToViewMessage, steps: readonly (readonly ConversationEvent[])[]): Promise<void> {
  await show([first]);
  for (const [index, events] of steps.entries()) {
    revision += 1;
    window.postMessage({ type: 'events', body: { revision, events } });
    await frame();
    // The code of retries loads with the first one.
    for (let wait = 0; index === 0 && wait < 100 && document.querySelector('.note.retry') === null; wait += 1)
      await frame();
    if (index % stepsBetweenLooks === 0) look();
  }
}
