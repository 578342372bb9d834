import { answerText } from '../../../src/shared/answer/answerPart';
import type * as vscode from 'vscode';
import type { Log } from '../../../src/core/ports/log';
import { ChatPanel } from '../../../src/host/panel/chatPanel';
import { PanelView } from '../../../src/host/panel/panelView';
import type { ToViewMessage } from '../../../src/shared/messages/toView';
import { answerOf, untilThere, type HostStack } from './hostStack';
import { memoryInUse } from './hostProbe';
import { wordsUpTo } from './numberedText';
import { OtherSide, plainState } from './otherSide';

/** What came of streaming to a panel that nobody sees. Memory in MB. */
export interface HiddenPanelResult {
  /** Batches of events that happened while the panel was hidden. */
  readonly batches: number;
  readonly messagesWhileVisible: number;
  readonly messagesWhileHidden: number;
  /** What was sent first once it was shown again, and how many of them. */
  readonly snapshots: number;
  readonly growth: number;
  readonly textLength: number;
  /** True when the view, once shown again, has exactly the text that was sent. */
  readonly isExact: boolean;
  readonly problems: readonly string[];
}

/** A view as VS Code has it: its page is thrown away when it is hidden, and made anew when it is shown. */
class FakeView {
  visible = true;
  page = new OtherSide();
  readonly posted: ToViewMessage[] = [];
  private readonly toHost = new Set<(message: unknown) => void>();
  private readonly onVisibility = new Set<() => void>();

  /** As `resolveWebviewView` gets it. */
  asVSCodeHasIt(): vscode.WebviewView {
    const listenTo =
      <Listener>(listeners: Set<Listener>) =>
      (listener: Listener) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      };
    const isVisible = (): boolean => this.visible;
    return {
      get visible() {
        return isVisible();
      },
      webview: {
        options: {},
        html: '',
        cspSource: 'test:',
        asWebviewUri: (uri: unknown) => uri,
        onDidReceiveMessage: listenTo(this.toHost),
        postMessage: (message: ToViewMessage) => {
          this.posted.push(message);
          if (this.visible) this.page.receive(message);
          return Promise.resolve(this.visible);
        },
      },
      onDidChangeVisibility: listenTo(this.onVisibility),
      onDidDispose: () => ({ dispose: () => undefined }),
    } as unknown as vscode.WebviewView;
  }

  hide(): void {
    this.visible = false;
    for (const hear of this.onVisibility) hear();
  }

  show(): void {
    this.visible = true;
    this.page = new OtherSide();
    for (const hear of this.onVisibility) hear();
    this.sayReady();
  }

  sayReady(): void {
    for (const hear of this.toHost) hear({ type: 'ready', body: {} });
  }
}

/** Streams until `batches` batches of events have happened behind a hidden panel, then shows it. */
export async function streamWhileHidden(stack: HostStack, batches: number): Promise<HiddenPanelResult> {
  const view = new FakeView();
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message) => void stack.problems.push(message),
  };
  const panelView = new PanelView(log, () => Promise.resolve());
  const panel = new ChatPanel({
    view: panelView,
    sessions: stack.sessions,
    states: { of: () => Promise.resolve(plainState) },
    log,
    drafts: () => [],
    remember: () => undefined,
    used: () => undefined,
    restored: () => Promise.resolve(),
    handle: () => Promise.resolve(),
  });
  panelView.adopt(view.asVSCodeHasIt(), []);
  view.sayReady();
  const session = stack.sessions.current;
  session.submit('Go on and on.', [], stack.target({ kind: 'steps' }));
  const textOf = (): string => answerText(answerOf(session.conversation) ?? { parts: [] });
  await untilThere(() => (textOf().length > 1_000 ? true : undefined));
  const messagesWhileVisible = view.posted.length;

  view.hide();
  const before = await memoryInUse();
  const hiddenSince = view.posted.length;
  let happened = 0;
  await new Promise<void>((resolve) => {
    session.events.on(() => {
      happened += 1;
      if (happened === batches) resolve();
    });
  });
  const growth = (await memoryInUse()) - before;
  const messagesWhileHidden = view.posted.length - hiddenSince;

  await session.stop();
  view.show();
  await untilThere(() => (view.page.received > 0 ? true : undefined));
  const text = textOf();
  const answer = answerOf(session.conversation);
  const sentSince = view.posted.slice(hiddenSince + messagesWhileHidden);
  panel.dispose();
  return {
    batches: happened,
    messagesWhileVisible,
    messagesWhileHidden,
    snapshots: sentSince.filter(({ type }) => type === 'snapshot').length,
    growth,
    textLength: text.length,
    isExact: wordsUpTo(text.split(' ').length - 1) === text && view.page.textOf(answer?.id ?? '') === text,
    problems: stack.problems,
  };
}
