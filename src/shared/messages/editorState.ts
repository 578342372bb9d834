import * as v from 'valibot';
import { exactObject } from '../kit/exactObject';
import { viewStateSchema } from './viewState';

/** The key of an editor tab. */
const tabKey = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

const editorStateSchema = exactObject({ tab: tabKey, viewState: viewStateSchema });

/** What VS Code keeps for a chat in an editor tab, also while the window is closed. The page writes it. */
export type EditorState = v.InferOutput<typeof editorStateSchema>;

/** The state that VS Code kept for a tab; undefined if it is not valid. */
export function readEditorState(value: unknown): EditorState | undefined {
  const parsed = v.safeParse(editorStateSchema, value);
  return parsed.success ? parsed.output : undefined;
}
