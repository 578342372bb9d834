import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { usePanel } from '../state/panelParts';
import { ComposerBox } from './composerBox';
import { ComposerFieldProvider } from './composerField';
import { ContextMeter } from './contextMeter';
import { EffortChoice } from './effortChoice';
import { composerInputId } from './focusComposer';
import { lazyComponent } from '../kit/lazyComponent';
import { ComparisonChip, ModelButtons } from './modelButtons';
import { ParametersButton } from './parametersButton';
import { PromptRecall } from './promptRecall';
import { RequestPrice } from './requestPrice';
import { SendButtons } from './sendButtons';
import { WaitingPrompts } from './waitingPrompts';

/** Opens on a click. */
const ParameterForm = lazyComponent(async () => (await import('../parameters/parameterForm')).ParameterForm);

/** Hidden where this computer cannot record. */
const DictationButton = lazyComponent(async () => (await import('./dictationButton')).DictationButton);

/** Few models make pictures, video or music. The placeholder keeps the height of the row. */
const GenerationOptions = lazyComponent(
  async () => (await import('./generationOptions')).GenerationOptions,
  <div class="generation-row" />,
);

/**
 * The composer: the input for prompts and everything around it. A prompt that is sent while an answer streams waits for
 * its turn.
 */
export function Composer(): JSX.Element {
  const { store, draft, post, follower, t } = usePanel();
  const input = useRef<HTMLTextAreaElement>(null);
  const compareButton = useRef<HTMLButtonElement>(null);
  const parametersButton = useRef<HTMLButtonElement>(null);
  const areParametersOpen = useSignal(false);
  const [recall] = useState(() => new PromptRecall());
  const attachments = useComputed(() => store.state.value?.attachments ?? []);
  const field = useMemo(
    () => ({ place: {}, inputId: composerInputId, draft, attachments }),
    [draft, attachments],
  );
  const offer = store.state.value?.generation;
  const send = (text: string, interrupt: boolean): boolean => {
    const streaming = store.streaming.peek();
    post('submit', streaming && interrupt ? { text, interrupt } : { text });
    draft.set('');
    // A queued prompt does not change what the reader sees, so the view does not scroll.
    if (!streaming || interrupt) follower.follow();
    input.current?.focus();
    return true;
  };
  return (
    <ComposerFieldProvider value={field}>
      <div class="composer">
        <WaitingPrompts />
        <ComposerBox
          label={t('Message')}
          input={input}
          recall={recall}
          onSend={send}
          above={
            <>
              <ComparisonChip compareButton={compareButton} />
              {offer !== undefined && <GenerationOptions offer={offer} />}
              {areParametersOpen.value && (
                <ParameterForm
                  onClose={(end) => {
                    areParametersOpen.value = false;
                    if (end === 'closed') parametersButton.current?.focus();
                    else if (end === 'chosen') input.current?.focus();
                  }}
                />
              )}
              <RequestPrice />
            </>
          }
          buttons={(sendNow) => (
            <>
              <ModelButtons compareButton={compareButton}>
                <EffortChoice />
                <ParametersButton open={areParametersOpen} buttonRef={parametersButton} />
              </ModelButtons>
              <ContextMeter />
              <DictationButton input={input} />
              <SendButtons onSend={sendNow} />
            </>
          )}
        />
      </div>
    </ComposerFieldProvider>
  );
}
