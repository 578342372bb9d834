import type { CompletionSwitch } from '../completions/completionSwitch';
import type { ModelStatusBar } from '../models/modelStatusBar';
import type { ModelProvider } from '../provider/modelProvider';
import type { ViewStateFile } from '../storage/viewStateFile';
import type { OutputLog } from '../ui/outputLog';

/** What exists from the start of the window on. The composition uses these instead of its own. */
export interface EntryParts {
  readonly log: OutputLog;
  readonly statusBar: ModelStatusBar;
  /** The drafts of the view. */
  readonly viewState: ViewStateFile;
  readonly completionSwitch: CompletionSwitch;
  /** Offers the models to VS Code. */
  readonly modelProvider: ModelProvider;
}
