import type * as vscode from 'vscode';

/**
 * Waits until a condition is true.
 *
 * @param event The condition is checked at once and after each of these events.
 * @param time The longest wait, in milliseconds.
 * @returns False if it did not become true in time. Rejects if the condition does.
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  event: vscode.Event<unknown>,
  time: number,
): Promise<boolean> {
  return await new Promise<boolean>((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      subscription.dispose();
      settle();
    };
    const check = async (): Promise<void> => {
      if (await condition())
        end(() => {
          resolve(true);
        });
    };
    const run = (): void => {
      check().catch((error: unknown) => {
        end(() => {
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      });
    };
    const subscription = event(run);
    const timer = setTimeout(() => {
      end(() => {
        resolve(false);
      });
    }, time);
    run();
  });
}
