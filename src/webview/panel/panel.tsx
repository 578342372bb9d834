import type { JSX } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { Composer } from '../composer/composer';
import { Header } from './header';
import { OpenPart } from './openPart';
import { lazyComponent } from '../kit/lazyComponent';
import { usePanel } from '../state/panelParts';
import { StatusAnnouncer } from './statusAnnouncer';
import { Welcome } from '../welcome/welcome';

/**
 * Answers and their Markdown are a chunk of their own. It starts to load with the page, and the panel does not wait for
 * it: the composer and the first cards are usable before.
 */
const transcript = import('../transcript/transcript');
const Transcript = lazyComponent(async () => (await transcript).Transcript, <div class="transcript" />);

/** Opens on a click. */
const SpeechBar = lazyComponent(async () => (await import('../speech/speechBar')).SpeechBar);

/** Opens on a click. */
const MaskPainter = lazyComponent(async () => (await import('../mask/maskPainter')).MaskPainter);

/** The whole panel: header, conversation or welcome, composer. */
export function Panel(): JSX.Element {
  const { post, painting, reportFailure, t } = usePanel();
  const boundary = useErrorBoundary(reportFailure);
  const tryAgain = boundary[1];
  if ((boundary[0] as unknown) !== undefined) {
    return (
      <main class="panel broken">
        <p>{t("Couldn't show the panel. See the log for details.")}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            tryAgain();
            post('ready', {});
          }}
        >
          {t('Try Again')}
        </button>
      </main>
    );
  }
  return (
    <main class="panel">
      <Header />
      <div class="panel-body">
        <OpenPart />
        <Chat />
      </div>
      <StatusAnnouncer />
      {painting.value !== null && <MaskPainter request={painting.value} />}
    </main>
  );
}

/** Below the open history, nothing of it can be reached, but everything keeps its state. */
function Chat(): JSX.Element {
  const { openPart, reading } = usePanel();
  const read = reading.value;
  return (
    <div class="panel-chat" inert={openPart.value === 'history'}>
      <Middle />
      {read !== null && <SpeechBar key={read.turn} {...read} />}
      <Composer />
    </div>
  );
}

/** The part between header and composer. Empty until the host has sent the state, so that nothing flashes. */
function Middle(): JSX.Element {
  const { store } = usePanel();
  const conversationId = store.conversationId.value;
  if (conversationId === null) return <div class="transcript" />;
  if (store.path.value.length === 0) return <Welcome />;
  return <Transcript key={conversationId} />;
}
