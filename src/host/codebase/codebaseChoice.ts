import * as v from 'valibot';
import type * as vscode from 'vscode';

/** What the user has allowed for a workspace. */
const choiceSchema = v.variant('kind', [
  v.object({ kind: v.literal('words') }),
  v.object({
    kind: v.literal('embeddings'),
    gatewayId: v.string(),
    /** If the gateway gets another address, Parley asks again. */
    baseUrl: v.string(),
    modelId: v.string(),
  }),
]);

/** How the codebase is searched: by words only, or also with the embeddings of a model. */
export type CodebaseChoice = v.InferOutput<typeof choiceSchema>;

const key = 'codebaseSearch';

/** Reads the choice for this workspace; undefined if the user has not been asked. */
export function readCodebaseChoice(workspaceState: vscode.Memento): CodebaseChoice | undefined {
  const stored = v.safeParse(choiceSchema, workspaceState.get<unknown>(key));
  return stored.success ? stored.output : undefined;
}

/** Stores the choice for this workspace; undefined forgets it. */
export async function keepCodebaseChoice(
  workspaceState: vscode.Memento,
  choice: CodebaseChoice | undefined,
): Promise<void> {
  await workspaceState.update(key, choice);
}
