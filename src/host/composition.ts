import type { InlineCompletionItemProvider, WebviewPanel } from 'vscode';
import type { Sessions } from '../core/conversation/sessions';
import type { ComparisonChoice } from './chat/comparisonChoice';
import type { PendingAttachments } from './chat/pendingAttachments';
import type { PromptEdits } from './chat/promptEdits';
import type { PromptQueues } from './chat/promptQueues';
import type { CommandTable } from './contributions/commandIds';
import type { Intents } from './contributions/intents';
import type { AppliedCode } from './edits/appliedCode';
import type { GatewayRegistry } from './gateways/gatewayRegistry';
import type { SecretKeyStore } from './gateways/secretKeyStore';
import type { HunkReviews } from './hunks/hunkReviews';
import type { ModelChoice } from './models/modelChoice';
import type { UnsupportedParameters } from './models/unsupportedParameters';
import type { ViewOwner } from './panel/chatViewProvider';
import type { NativeChat } from './provider/nativeChat';

/** What `compose` created: for the entry, and for tests from inside. */
export interface Composition {
  readonly commands: CommandTable;
  readonly panel: ViewOwner;
  /** Shows a chat again in the editor tab of an earlier window. `state` is what VS Code kept for the tab. */
  readonly restoreChatEditor: (tab: WebviewPanel, state: unknown) => Promise<void>;
  readonly provideCompletions: InlineCompletionItemProvider['provideInlineCompletionItems'];
  /** The chat that the side bar shows. */
  readonly sessions: Sessions;
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly choice: ModelChoice;
  readonly comparison: ComparisonChoice;
  readonly attachments: PendingAttachments;
  readonly edits: PromptEdits;
  readonly queues: PromptQueues;
  /** Carries out the requests of the side bar's page. */
  readonly intents: Intents;
  readonly unsupportedParameters: UnsupportedParameters;
  readonly applied: AppliedCode;
  /** Parley's models in VS Code's own chat. */
  readonly nativeChat: () => Promise<NativeChat>;
  /** Loads the reviews of proposed changes, with those of an earlier window. */
  readonly reviews: () => Promise<HunkReviews>;
  /** Makes the texts of an earlier window's diffs available. */
  readonly restoreReviews: () => Promise<void>;
  /** The folder of the conversations. */
  readonly libraryFolder: string;
  /** Writes what has not been written yet. */
  close(): Promise<void>;
}
