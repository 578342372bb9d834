import type { Uri } from 'vscode';
import type { Sessions } from '../../core/conversation/sessions';
import type { IntentTable } from '../contributions/intents';
import { lazily } from '../../shared/kit/lazyPart';
import type { SpeechPorts } from './speechActions';

/** Prepares reading answers aloud, writing down sound files, and dictation. */
export function registerSpeech(
  sessions: Sessions,
  ports: SpeechPorts,
): {
  readonly intents: Pick<
    IntentTable,
    'read-aloud' | 'load-speech' | 'speech-unplayable' | 'save-speech' | 'stop-speech' | 'dictate'
  >;
  /** Asks what to do with a sound file, and does it. */
  readonly transcribe: (uri: Uri) => Promise<void>;
} {
  const actions = lazily(async () => {
    const { SpeechActions } = await import('./speechActions');
    return new SpeechActions(ports);
  });
  const dictation = lazily(async () => {
    const { Dictation } = await import('./dictation');
    return ports.house.subscriptions.add(new Dictation(ports));
  });
  return {
    transcribe: async (uri) => {
      await (await actions()).transcriber.start(uri);
    },
    intents: {
      'read-aloud': async (body) => {
        const session = sessions.current;
        await (await actions()).begin(session, body);
      },
      'load-speech': async (part) => {
        await (await actions()).reading.load(part);
      },
      'speech-unplayable': async (part) => {
        (await actions()).reading.unplayable(part);
      },
      'save-speech': async (part) => {
        await (await actions()).reading.save(part);
      },
      dictate: async (body) => {
        await (await dictation()).act(body);
      },
      'stop-speech': async (reading) => {
        (await actions()).reading.end(reading);
      },
    },
  };
}
