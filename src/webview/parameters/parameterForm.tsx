import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { ChatParameters } from '../../shared/conversation/chatParameters';
import { usePanel } from '../state/panelParts';
import { EffortField } from './effortField';
import { FormDialog } from './formDialog';
import { ParameterEdits } from './parameterEdits';
import { PresetList } from './presetList';
import { SystemTextField } from './systemTextField';
import { TemperatureField } from './temperatureField';

/** Why the form closes: the user closed it, chose a preset, or went on elsewhere in the panel. */
export type FormEnd = 'closed' | 'chosen' | 'left';

interface ParameterFormProps {
  readonly onClose: (end: FormEnd) => void;
}

/** The form with what the shown chat sends beside its messages, and the presets for that. */
export function ParameterForm({ onClose: close }: ParameterFormProps): JSX.Element {
  const { store, post, t } = usePanel();
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
  useEffect(
    () => () => {
      edits.flush();
    },
    [edits],
  );
  const fields = {
    parameters: edits.shown.value,
    fromSettings: store.state.value?.settingParameters ?? {},
    onChange: (change: ChatParameters, without: keyof ChatParameters | null) => {
      edits.change(change, without);
    },
  };
  return (
    <FormDialog
      titleId="parameter-form-title"
      title={t('Parameters of This Chat')}
      opener=".parameters-open"
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
