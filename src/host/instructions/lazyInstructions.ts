import type * as vscode from 'vscode';
import type { InstructionText } from '../../core/prompt/target';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { AttachmentChip } from '../../shared/messages/toView';
import { lazily } from '../../shared/kit/lazyPart';
import type { InstructionFiles, InstructionPorts } from './instructionFiles';

/** Loads `InstructionFiles` on first use. Before that, there are no instructions. */
export class LazyInstructions {
  /** Reads the instruction files with its first call. Rejects if the bundle cannot be loaded; the next call then tries again. */
  readonly load = lazily(async (): Promise<void> => {
    const { InstructionFiles: Loaded } = await import('./instructionFiles');
    if (this.files === undefined) {
      this.files = this.subscriptions.add(new Loaded(this.ports));
      this.files.changed.on(this.onChanged);
    }
    await this.files.ready();
    this.onChanged();
  });
  private files: InstructionFiles | undefined;

  /** @param onChanged Called when the chips or the instructions may have changed. */
  constructor(
    private readonly ports: InstructionPorts,
    private readonly subscriptions: DisposableStore,
    private readonly onChanged: () => void,
  ) {}

  /** Resolves when the current instructions have been read. Rejects like `load`. */
  async ready(): Promise<void> {
    await this.load();
    await this.files?.ready();
  }

  /** The instructions of a conversation, as Markdown. */
  textsFor(conversationId: string): readonly InstructionText[] {
    return this.files?.textsFor(conversationId) ?? [];
  }

  /** Lists the chips of a conversation. `tokensOf` finds the tokens of a file in the next prompt. */
  chipsFor(conversationId: string, tokensOf: (id: string) => number | null): readonly AttachmentChip[] {
    return this.files?.chipsFor(conversationId, tokensOf) ?? [];
  }

  /** Leaves a file out of a conversation. */
  remove(conversationId: string, id: string): void {
    this.files?.remove(conversationId, id);
  }

  /** Finds the file of a chip; undefined for an unknown id. */
  fileOf(id: string): vscode.Uri | undefined {
    return this.files?.fileOf(id);
  }
}
