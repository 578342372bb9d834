import * as vscode from 'vscode';
import { DisposableStore } from '../../shared/kit/disposable';

/** The texts of an input box, and how to check its value. */
interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly password?: boolean;
  readonly value?: string;
  /** A button in the title of the box. The box stays open when it is pressed. */
  readonly button?: vscode.QuickInputButton & { readonly onPress: () => Promise<void> };
  /** Called when the user has changed the value. */
  readonly onChange?: (value: string) => void;
  /** Checks the trimmed value. Returns a sentence that says what is wrong, or undefined. The box shows progress meanwhile. */
  readonly validate: (value: string) => string | undefined | Promise<string | undefined>;
}

/**
 * Shows an input box until the value is valid.
 *
 * @returns The trimmed value; undefined if the user cancels.
 * @throws an error that `validate` throws.
 */
export async function askInput(question: Question): Promise<string | undefined> {
  const subscriptions = new DisposableStore();
  const box = subscriptions.add(vscode.window.createInputBox());
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.password = question.password ?? false;
  box.value = question.value ?? '';
  box.ignoreFocusOut = true;
  const { button } = question;
  if (button !== undefined) box.buttons = [button];
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      let checking = 0;
      const accept = async (): Promise<void> => {
        const value = box.value.trim();
        checking += 1;
        const check = checking;
        box.busy = true;
        const problem = await question.validate(value);
        // The value changed, or Enter was pressed again, during this check.
        if (check !== checking) return;
        box.busy = false;
        if (problem === undefined) resolve(value);
        else box.validationMessage = problem;
      };
      subscriptions.add(
        box.onDidChangeValue((value) => {
          question.onChange?.(value);
          checking += 1;
          box.busy = false;
          box.validationMessage = undefined;
        }),
      );
      subscriptions.add(
        box.onDidAccept(() => {
          accept().catch(reject);
        }),
      );
      subscriptions.add(
        box.onDidTriggerButton(() => {
          button?.onPress().catch(reject);
        }),
      );
      subscriptions.add(
        box.onDidHide(() => {
          resolve(undefined);
        }),
      );
      box.show();
    });
  } finally {
    subscriptions.dispose();
  }
}
