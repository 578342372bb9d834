import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatParameters } from '../../shared/conversation/chatParameters';
import { addStyles } from '../kit/addStyles';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { usePanel } from '../state/panelParts';
import { EffortField } from './effortField';
import { ParameterEdits } from './parameterEdits';
import styles from './parameterForm.css' with { type: 'text' };
import { PresetList } from './presetList';
import { SystemTextField } from './systemTextField';
import { TemperatureField } from './temperatureField';

addStyles(styles);

/** Why the form closes: the user closed it, chose a preset, or went on elsewhere in the panel. */
export type FormEnd = 'closed' | 'chosen' | 'left';

interface ParameterFormProps {
  readonly onClose: (end: FormEnd) => void;
}

/** The form with what the shown chat sends beside its messages, and the presets for that. */
export function ParameterForm({ onClose: close }: ParameterFormProps): JSX.Element {
  const { store, post, t } = usePanel();
  const form = useRef<HTMLDivElement>(null);
  const [edits] = useState(
    () =>
      new ParameterEdits(store.parameters.peek(), (parameters) => {
        post('set-parameters', { parameters });
      }),
  );
  const onClose = (end: FormEnd): void => {
    edits.flush();
    close(end);
  };
  const conversationId = store.conversationId.value;
  useLayoutEffect(() => {
    // What was typed a moment ago belongs to the chat that was shown then.
    edits.discard();
    edits.follow(store.parameters.peek());
  }, [conversationId]);
  useSignalEffect(() => {
    edits.follow(store.parameters.value);
  });
  useLayoutEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);
  useEffect(
    () => () => {
      edits.flush();
    },
    [edits],
  );
  useCloseElsewhere(form, () => {
    onClose('left');
  });
  const fields = {
    parameters: edits.shown.value,
    fromSettings: store.state.value?.settingParameters ?? {},
    onChange: (change: ChatParameters, without: keyof ChatParameters | null) => {
      edits.change(change, without);
    },
  };
  return (
    <div
      ref={form}
      class="parameter-form"
      role="dialog"
      aria-labelledby="parameter-form-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        // Escape only closes the form; a streaming answer continues.
        event.stopPropagation();
        event.preventDefault();
        onClose('closed');
      }}
    >
      <div class="parameter-form-head">
        <h2 id="parameter-form-title">{t('Parameters of This Chat')}</h2>
        <IconButton
          icon="close"
          label={t('Close')}
          onPress={() => {
            onClose('closed');
          }}
        />
      </div>
      <TemperatureField {...fields} />
      <EffortField {...fields} />
      <SystemTextField {...fields} />
      <PresetList
        onChosen={() => {
          edits.discard();
          onClose('chosen');
        }}
        beforeSave={() => {
          edits.flush();
        }}
      />
    </div>
  );
}

/** Calls back when the user clicks or moves the focus to another place in the panel. */
function useCloseElsewhere(form: { readonly current: HTMLElement | null }, close: () => void): void {
  useEffect(() => {
    const onElsewhere = ({ target }: Event): void => {
      const element = form.current;
      if (!(target instanceof Element) || element === null || element.contains(target)) return;
      // The button that opens the form also closes it.
      if (target.closest('[aria-haspopup=dialog]') === null) close();
    };
    const abort = new AbortController();
    for (const type of ['pointerdown', 'focusin'])
      document.addEventListener(type, onElsewhere, { signal: abort.signal });
    return () => {
      abort.abort();
    };
  }, []);
}
