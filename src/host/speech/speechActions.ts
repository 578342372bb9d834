import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import type { Session } from '../../core/conversation/session';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import { messageText } from '../../shared/conversation/conversation';
import type { ToHost } from '../../shared/messages/toHost';
import type { House } from '../contributions/house';
import type { Panel } from '../contributions/openPanels';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import { StoredValue } from '../memory/storedValue';
import type { ModelCatalogue } from '../models/modelCatalogue';
import type { Settings } from '../settings/settings';
import { ReadAloud } from './readAloud';
import { SpeechCache } from './speechCache';
import { SpeechMaker } from './speechMaker';
import { Transcriber } from './transcriber';
import { VoiceChoice } from './voiceChoice';

/** What speech needs of the rest of the host. */
export interface SpeechPorts {
  readonly house: Pick<House, 'log' | 'globalState' | 'storage' | 'subscriptions'>;
  readonly client: Pick<HttpChatClient, 'speak' | 'transcribe'>;
  readonly gateways: GatewayRegistry;
  readonly catalogue: ModelCatalogue;
  readonly settings: Pick<Settings, 'timeouts'>;
  /** The panel that plays, and that shows the dictation. */
  readonly panel: Pick<Panel, 'page'>;
}

/** Reads answers aloud, and writes down sound files. In a bundle of its own, which is loaded on first use. */
export class SpeechActions {
  readonly reading: ReadAloud;
  readonly transcriber: Transcriber;

  constructor({ house, client, gateways, catalogue, settings, panel }: SpeechPorts) {
    const { log, globalState, storage } = house;
    const wavOnly = new StoredValue<readonly string[]>(globalState, log, {
      key: 'speech.wavOnly',
      schema: v.array(v.string()),
      fallback: [],
      name: 'the formats of speech',
    });
    const maker = new SpeechMaker({
      speak: (request) => client.speak(request),
      cache: new SpeechCache(join(storage.fsPath, 'speech'), log),
      wavOnly: {
        has: (model) => wavOnly.get().includes(model),
        add: (model) => {
          wavOnly.set([...new Set([...wavOnly.get(), model])]);
        },
      },
      connect: () => settings.timeouts().connect,
      wait: (milliseconds) => wait(milliseconds),
    });
    this.reading = new ReadAloud({
      maker,
      voice: new VoiceChoice({ gateways, catalogue }, globalState, log),
      findGateway: (id) => gateways.find(id),
      send: (message) => {
        panel.page.send('speech', message);
      },
    });
    this.transcriber = new Transcriber(
      {
        gateways,
        catalogue,
        transcribe: (request) => client.transcribe(request),
        connect: () => settings.timeouts().connect,
        giveText: (text) => {
          panel.page.send('give-back-prompt', { text });
        },
      },
      globalState,
      log,
    );
  }

  /** Begins to read an answer of the shown conversation. Does nothing for any other message. */
  async begin(session: Session, body: ToHost['read-aloud']): Promise<void> {
    const message = session.conversation.messages.get(body.id);
    if (message?.role === 'assistant') await this.reading.begin(body, messageText(message));
  }
}
