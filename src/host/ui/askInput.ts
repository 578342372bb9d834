import * as vscode from 'vscode';
import { DisposableStore } from '../../shared/kit/disposable';

/** What to ask, and how to check the answer. */
export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly password?: boolean;
  readonly value?: string;
  /** Looks at the trimmed answer; returns what is wrong with it. May take its time: the box shows progress. */
  readonly validate: (value: string) => string | undefined | Promise<string | undefined>;
}

/** Asks until the answer is right. Resolves to the trimmed answer, or undefined when the user leaves. */
export async function askInput(question: Question): Promise<string | undefined> {
  const subscriptions = new DisposableStore();
  const box = subscriptions.add(vscode.window.createInputBox());
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.password = question.password ?? false;
  box.value = question.value ?? '';
  box.ignoreFocusOut = true;
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      let checking = 0;
      const accept = async (): Promise<void> => {
        const value = box.value.trim();
        checking += 1;
        const check = checking;
        box.busy = true;
        const problem = await question.validate(value);
        // The answer was changed, or sent again, while the first one was being checked.
        if (check !== checking) return;
        box.busy = false;
        if (problem === undefined) resolve(value);
        else box.validationMessage = problem;
      };
      subscriptions.add(
        box.onDidChangeValue(() => {
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
