import type { SessionPool } from '../../core/conversation/sessionPool';
import type { ChatClient } from '../../core/ports/chatClient';
import type { Log } from '../../core/ports/log';
import type { PromptSubmission } from '../chat/promptSubmission';
import type { OpenPanels } from '../contributions/openPanels';
import type { HunkReviews } from '../hunks/hunkReviews';
import type { Memory } from '../memory/storedValue';
import type { Targets } from '../models/targets';

/** What the features of Source Control need of the rest of the host. */
export interface SourceControlPorts {
  readonly client: ChatClient;
  readonly targets: Pick<Targets, 'current'>;
  readonly pool: Pick<SessionPool, 'finished'>;
  readonly panels: OpenPanels;
  readonly submission: Pick<PromptSubmission, 'askAbout'>;
  /** Loads the reviews of proposed changes. */
  readonly reviews: () => Promise<HunkReviews>;
  readonly log: Log;
  /** Holds the token factors of the models. */
  readonly memory: Memory;
  /** Resolves when the conversation that the window last showed is open again. */
  readonly restored: () => Promise<void>;
}
