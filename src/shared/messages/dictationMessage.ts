import * as v from 'valibot';

/** View → host: `offer` asks whether dictation is possible; `stop` transcribes what was said; `cancel` discards it. */
export const dictateEntries = { action: v.picklist(['offer', 'start', 'stop', 'cancel']) };

/** Host → view: what dictation does. */
export const dictationSchema = v.variant('phase', [
  /** This computer has no recorder, or no model for transcriptions is known. */
  v.object({ phase: v.literal('none') }),
  /** `model` is null until the user has chosen one; `text` was dictated and goes to the cursor. */
  v.object({
    phase: v.literal('ready'),
    model: v.nullable(v.string()),
    text: v.exactOptional(v.string()),
  }),
  v.object({ phase: v.literal('starting') }),
  /** `level` is the loudness from 0 to 1; null if it is not known. */
  v.object({ phase: v.literal('recording'), seconds: v.number(), level: v.nullable(v.number()) }),
  v.object({ phase: v.literal('transcribing') }),
]);

/** A message of the host about dictation. */
export type DictationMessage = v.InferOutput<typeof dictationSchema>;
