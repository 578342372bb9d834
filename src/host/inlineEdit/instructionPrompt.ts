import * as vscode from 'vscode';
import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { StoredValue, type Memory } from '../memory/storedValue';
import { askInput } from '../ui/askInput';

/** The texts of the box. */
interface InstructionBox {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** The first value; '' if absent. */
  readonly value?: string;
}

/** The most prompts that are remembered. */
const mostRemembered = 30;
/** A longer prompt is not remembered, in UTF-16 units. */
const longestRemembered = 2_000;

/** Asks what to change, and remembers the answers for the workspace. */
export class InstructionPrompt {
  private readonly earlier: StoredValue<readonly string[]>;

  constructor(memory: Memory, log: Log) {
    this.earlier = new StoredValue(memory, log, {
      key: 'inlineEditPrompts',
      schema: v.array(v.string()),
      fallback: [],
      name: 'the prompts of inline edits',
    });
  }

  /** Shows the box. Its button lists earlier prompts. Returns undefined if the user cancels. */
  async ask(texts: InstructionBox): Promise<string | undefined> {
    let value = texts.value ?? '';
    for (;;) {
      let picking: Promise<string | undefined> | undefined;
      const answer = await askInput({
        ...texts,
        value,
        validate: (text) => (text === '' ? vscode.l10n.t('Type what to do.') : undefined),
        onChange: (text) => {
          value = text;
        },
        ...(this.earlier.get().length > 0 && {
          button: {
            iconPath: new vscode.ThemeIcon('history'),
            tooltip: vscode.l10n.t('Earlier Prompts'),
            // The list takes the place of the box, which comes back with the chosen prompt.
            onPress: async () => {
              picking = this.pick();
              await picking;
            },
          },
        }),
      });
      if (picking === undefined) {
        if (answer !== undefined) this.remember(answer);
        return answer;
      }
      value = (await picking) ?? value;
    }
  }

  private async pick(): Promise<string | undefined> {
    return await vscode.window.showQuickPick(this.earlier.get(), {
      title: vscode.l10n.t('Earlier Prompts'),
    });
  }

  private remember(prompt: string): void {
    if (prompt.length > longestRemembered) return;
    const others = this.earlier.get().filter((each) => each !== prompt);
    this.earlier.set([prompt, ...others].slice(0, mostRemembered));
  }
}
