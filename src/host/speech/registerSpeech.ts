import type { Uri } from 'vscode';
import type { IntentTable } from '../contributions/intents';
import type { Panel } from '../contributions/openPanels';
import { perPanel } from '../contributions/perPanel';
import type { SpeechPorts } from './speechActions';

/** Prepares reading answers aloud, writing down sound files, and dictation. */
export function registerSpeech(ports: Omit<SpeechPorts, 'panel'>): {
  readonly intents: Pick<
    IntentTable,
    'read-aloud' | 'load-speech' | 'speech-unplayable' | 'save-speech' | 'stop-speech' | 'dictate'
  >;
  /** Asks what to do with a sound file, and does it. */
  readonly transcribe: (uri: Uri, panel: Panel) => Promise<void>;
} {
  const actions = perPanel(async (panel) => {
    const { SpeechActions } = await import('./speechActions');
    return new SpeechActions({ ...ports, panel });
  });
  const dictation = perPanel(async (panel) => {
    const { Dictation } = await import('./dictation');
    return panel.subscriptions.add(new Dictation({ ...ports, panel }));
  });
  return {
    transcribe: async (uri, panel) => {
      await (await actions(panel)).transcriber.start(uri);
    },
    intents: {
      'read-aloud': async (body, panel) => {
        const session = panel.sessions.current;
        await (await actions(panel)).begin(session, body);
      },
      'load-speech': async (part, panel) => {
        await (await actions(panel)).reading.load(part);
      },
      'speech-unplayable': async (part, panel) => {
        (await actions(panel)).reading.unplayable(part);
      },
      'save-speech': async (part, panel) => {
        await (await actions(panel)).reading.save(part);
      },
      dictate: async (body, panel) => {
        await (await dictation(panel)).act(body);
      },
      'stop-speech': async (reading, panel) => {
        (await actions(panel)).reading.end(reading);
      },
    },
  };
}
