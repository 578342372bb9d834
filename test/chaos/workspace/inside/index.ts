import { readFile, rename, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { until } from '../../../integration/parley';
import { chat, pointElsewhere } from './chat';
import { Paths } from './paths';
import { planVariable, type PathReport, type Plan, type Report } from './plan';
import { watchSockets } from './watchSockets';

/** Does what the plan says, and writes what it found. VS Code calls it. */
export async function run(): Promise<void> {
  const sockets = watchSockets();
  const plan = JSON.parse(await readFile(process.env[planVariable] ?? '', 'utf8')) as Plan;
  let paths: PathReport | null = null;
  let error: string | null = null;
  let opened = false;
  try {
    opened = await foldersOpen(plan.folders);
    if (opened) {
      await chat(plan);
      if (plan.triesUserSettings) await pointElsewhere(plan);
      if (plan.paths !== undefined) paths = await new Paths(plan.paths).run();
    }
  } catch (problem) {
    error = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  }
  const report: Report = {
    opened,
    trusted: vscode.workspace.isTrusted,
    sockets,
    seen: Object.fromEntries(plan.settings.map((name) => [name, scopesOf(name)])),
    paths,
    error,
  };
  // Whole, or not at all: somebody waits for the file.
  await writeFile(`${plan.reportPath}.part`, JSON.stringify(report));
  await rename(`${plan.reportPath}.part`, plan.reportPath);
}

function scopesOf(name: string): ('workspace' | 'folder')[] {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const seen = vscode.workspace.getConfiguration(undefined, folder?.uri).inspect(name);
  return [
    ...(seen?.workspaceValue === undefined ? [] : (['workspace'] as const)),
    ...(seen?.workspaceFolderValue === undefined ? [] : (['folder'] as const)),
  ];
}

/** Whether the window has its folders. Those of a workspace's own file come after it has opened, if VS Code was not too early to read it. */
async function foldersOpen(count: number): Promise<boolean> {
  const isOpen = (): boolean => vscode.workspace.workspaceFolders?.length === count;
  const end = Date.now() + 20_000;
  await until(() => isOpen() || Date.now() > end);
  return isOpen();
}
