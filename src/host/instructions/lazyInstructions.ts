import type * as vscode from 'vscode';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { AttachmentChip } from '../../shared/messages/toView';
import { once } from '../ui/once';
import type { InstructionFiles, InstructionPorts } from './instructionFiles';

/** The workspace's instruction files, read with the first use. Until then there are none. */
export class LazyInstructions {
  /** Reads them, once. Rejects when their bundle or a file cannot be read. */
  readonly load = once(async (): Promise<void> => {
    const { InstructionFiles: Loaded } = await import('./instructionFiles');
    const files = this.subscriptions.add(new Loaded(this.ports));
    this.files = files;
    files.changed.on(this.onChanged);
    await files.ready();
    this.onChanged();
  });
  private files: InstructionFiles | undefined;

  /** @param onChanged Called whenever chips or texts are others than before. */
  constructor(
    private readonly ports: InstructionPorts,
    private readonly subscriptions: DisposableStore,
    private readonly onChanged: () => void,
  ) {}

  /** Waits until what is known is what the files say; rejects as `load` does. */
  async ready(): Promise<void> {
    await this.load();
    await this.files?.ready();
  }

  /** What goes along with each prompt of a conversation. */
  textFor(conversationId: string): string {
    return this.files?.textFor(conversationId) ?? '';
  }

  /** The chips of a conversation, with their size in tokens. */
  chipsFor(conversationId: string, count: (text: string) => number): readonly AttachmentChip[] {
    return this.files?.chipsFor(conversationId, count) ?? [];
  }

  /** Leaves one out of a conversation. */
  remove(conversationId: string, id: string): void {
    this.files?.remove(conversationId, id);
  }

  /** The file that a chip stands for. */
  fileOf(id: string): vscode.Uri | undefined {
    return this.files?.fileOf(id);
  }
}
