import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { readToViewMessage } from '../shared/messages/readToViewMessage';
import type { PanelPart, ToViewMessage } from '../shared/messages/toView';
import { createTranslate } from '../shared/kit/translate';
import { readEditorState } from '../shared/messages/editorState';
import { startingViewState } from '../shared/messages/viewState';
import { applyChatFont } from './panel/applyChatFont';
import { readBootstrap } from './state/bootstrap';
import { focusLastInput, offerFocusToLastInput } from './composer/focusComposer';
import { Draft, newChatKey } from './state/draft';
import { keepKeysOfInputMethods } from './kit/isSendingEnter';
import { createFailureReport } from './state/createFailureReport';
import { createPost } from './state/createPost';
import type { Post, VsCodeApi } from './state/createPost';
import { Panel } from './panel/panel';
import type { MaskRequest } from './state/maskRequest';
import type { PanelParts, Reading } from './state/panelParts';
import { PanelProvider } from './state/panelParts';
import { Replies, takeReply } from './state/replies';
import { SavedViews } from './state/savedViews';
import { PanelStore } from './state/panelStore';
import './styles/panel.css';
import { FocusAfterSwitch } from './scrolling/focusAfterSwitch';
import { HistoryFill } from './scrolling/historyFill';
import { ScrollFollower } from './scrolling/scrollFollower';

declare function acquireVsCodeApi(): VsCodeApi;

/** Creates the panel's parts and connects them. This is the one place that knows all of them. */
function assemble(api: VsCodeApi): PanelParts {
  const { language, bundle, chatFont, viewState, tab } = readBootstrap(
    document.getElementById('parley-bootstrap')?.textContent,
  );
  document.documentElement.lang = language;
  applyChatFont(chatFont);
  const post = createPost(api);
  const saved = new SavedViews({
    initial: startingViewState(
      tab === undefined ? api.getState() : readEditorState(api.getState())?.viewState,
      viewState,
    ),
    keep: (state) => {
      api.setState(tab === undefined ? state : { tab, viewState: state });
    },
    report: (state) => {
      post('remember-view', state);
    },
    now: Date.now,
  });
  // By its key, a later window finds the conversation of the tab.
  if (tab !== undefined) saved.keep();
  document.body.classList.toggle('in-editor', tab !== undefined);
  const draft = new Draft(saved);
  const history = new HistoryFill();
  const follower = new ScrollFollower((anchor) => {
    saved.saveAnchor(viewKey(), anchor);
  });
  const store: PanelStore = new PanelStore(post, {
    conversationShown: () => {
      draft.show(viewKey());
      const anchor = saved.anchorOf(viewKey());
      follower.begin(anchor);
      const path = store.path.peek();
      history.start({
        messageCount: path.length,
        lengthOf: (index) => store.textOf(path[index] ?? '').length,
        fromEnd: anchor === null,
        beforeSlice: () => {
          follower.keepPlace();
        },
      });
    },
    caughtUp: () => {
      draft.rename(viewKey());
    },
    messageAdded: () => {
      draft.rename(viewKey());
      follower.follow();
    },
  });
  const viewKey = (): string => {
    const id = store.conversationId.peek() ?? newChatKey;
    // Each tab has a new chat of its own. The side bar has always the same.
    return store.path.peek().length === 0 && tab === undefined ? newChatKey : id;
  };
  return {
    store,
    draft,
    follower,
    history,
    focusAfterSwitch: new FocusAfterSwitch(),
    openPart: signal<PanelPart | null>(null),
    reading: signal<Reading | null>(null),
    painting: signal<MaskRequest | null>(null),
    replies: new Replies(),
    post,
    t: createTranslate(bundle),
    language,
    reportFailure: createFailureReport(post),
  };
}

function receive({ store, draft, openPart, replies }: PanelParts, message: ToViewMessage): void {
  switch (message.type) {
    case 'snapshot':
    case 'events':
    case 'text':
    case 'state':
    case 'media-loaded':
      store.receive(message);
      return;
    case 'focus-composer':
      if (openPart.peek() === 'history') openPart.value = null;
      focusLastInput();
      return;
    case 'give-back-prompt':
      draft.giveBack(message.body.text);
      return;
    case 'drafts':
      draft.takeOver(message.body.views);
      return;
    case 'insert-text':
      replies.insertion.value = message.body;
      return;
    case 'context-found':
      takeReply(replies.context, message.body);
      return;
    case 'prompts-found':
      takeReply(replies.prompts, message.body);
      return;
    case 'local-servers-found':
      takeReply(replies.localServers, message.body);
      return;
    case 'thumbnail-loaded':
      replies.takeThumbnail(message.body);
      return;
    case 'prompt-planned':
      takeReply(replies.plan, message.body);
      return;
    case 'speech':
      replies.speech.value = message.body;
      return;
    case 'dictation':
      replies.dictation.value = message.body;
      return;
    case 'history-listed':
      takeReply(replies.history, message.body);
      return;
    case 'show':
      if (openPart.peek() === message.body.part) focusOpenPart();
      openPart.value = message.body.part;
      return;
  }
}

/** The search field of the part that is already open, because the command was run again. */
function focusOpenPart(): void {
  document.querySelector<HTMLElement>('.history-search, .find-field')?.focus();
}

/** Tells the host when the page gets the focus. If the page itself gets it, rather than a place that was clicked, the last input takes it. */
function handFocusToInput(post: Post): void {
  let pressing = false;
  addEventListener('pointerdown', () => (pressing = true), { capture: true });
  addEventListener('pointerup', () => (pressing = false), { capture: true });
  addEventListener('pointercancel', () => (pressing = false), { capture: true });
  addEventListener('focus', () => {
    post('page-focused', {});
    if (!pressing && document.activeElement === document.body) offerFocusToLastInput();
  });
}

function start(): void {
  keepKeysOfInputMethods();
  const parts = assemble(acquireVsCodeApi());
  addEventListener('error', (event) => {
    // The browser's own notice that a size changed twice in one frame. The change is handled in the next frame.
    if (!event.message.startsWith('ResizeObserver loop')) parts.reportFailure(event.error ?? event.message);
  });
  addEventListener('unhandledrejection', (event) => {
    parts.reportFailure(event.reason);
  });
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = readToViewMessage(event.data);
    if (message !== undefined) receive(parts, message);
  });
  handFocusToInput(parts.post);
  effect(() => {
    document.body.classList.toggle('streaming', parts.store.streaming.value);
  });
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no element #root.');
  render(
    <PanelProvider value={parts}>
      <Panel />
    </PanelProvider>,
    root,
  );
  // VS Code may have given the page the focus while its script was loading.
  if (document.hasFocus()) {
    parts.post('page-focused', {});
    offerFocusToLastInput();
  }
  parts.post('ready', {});
  import('./panel/warmUpWhenIdle').then(({ warmUpWhenIdle }) => {
    warmUpWhenIdle(parts.language, parts.t);
  }, parts.reportFailure);
}

start();
