import type { OpenAnswerPorts } from '../chat/openAnswer';
import type { SourceControlPorts } from '../sourceControl/sourceControlPorts';

/** What the terminal's commands need of the rest of the host. */
export interface TerminalPorts
  extends OpenAnswerPorts, Pick<SourceControlPorts, 'client' | 'targets' | 'submission' | 'log'> {
  /** The name of the model of the next request. */
  readonly modelName: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
