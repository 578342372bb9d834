import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';

/** What the recording VS Code shows to the host, and how its person answers. */
export interface Stage {
  /** The workspace's one folder. */
  readonly workspace: string;
  /** Where Parley may write. */
  readonly storage: string;
  /** The gateway that is set up. */
  readonly baseUrl: string;
  /** The user's settings, by their full names. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether the person says yes to every question, or no. */
  saysYes: boolean;
  /** The view that the host registered. */
  provider?: vscode.WebviewViewProvider;
  /** The commands that it registered, by id. */
  readonly commands: Map<string, (...parameters: unknown[]) => unknown>;
}

let current: Stage | undefined;

/** Sets the stage; once, before the host is loaded. */
export function setStage(stage: Stage): void {
  current = stage;
}

/** The stage that was set. */
export function stage(): Stage {
  if (current === undefined) throw new Error('No stage is set.');
  return current;
}

/** Makes a workspace with a secret in it, and another one beside it, in `folder`. */
export async function prepareStage(folder: string, baseUrl: string): Promise<Stage> {
  const workspace = join(folder, 'workspace');
  const storage = join(folder, 'storage');
  await mkdir(join(folder, 'outside'), { recursive: true });
  await mkdir(join(workspace, '.git', 'hooks'), { recursive: true });
  await mkdir(storage, { recursive: true });
  await writeFile(join(folder, 'outside', 'secret.md'), 'outside');
  await writeFile(join(workspace, '.env'), 'KEY=secret');
  await writeFile(join(workspace, 'maths.ts'), 'export const half = (x: number) => x / 2;\n');
  const gateways = [{ id: 'guarded', name: 'Guarded', baseUrl, models: ['good', 'better'] }];
  return {
    workspace,
    storage,
    baseUrl,
    saysYes: false,
    commands: new Map(),
    settings: { 'parley.gateways': gateways },
  };
}
