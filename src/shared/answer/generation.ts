import * as v from 'valibot';

/** Kinds of models whose answers are made by their own endpoints rather than by a chat. */
export const generatedKinds = ['image', 'video', 'music', 'midjourney'] as const;

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** What the user chose for pictures, video or music beside the prompt. Nothing is sent for an absent field. */
export const generationSettingsSchema = v.object({
  /** Pixels such as `1024x1536`, or a ratio such as `16:9`, as the model takes it. */
  size: v.exactOptional(word),
  quality: v.exactOptional(word),
  /** How many pictures. */
  count: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))),
  background: v.exactOptional(word),
  /** The file format of the result, such as `png`. */
  format: v.exactOptional(word),
  style: v.exactOptional(word),
  /** How closely an edit follows the attached picture. */
  fidelity: v.exactOptional(word),
  /** Length of a video or of music, in seconds. */
  seconds: v.exactOptional(v.pipe(v.number(), v.minValue(1), v.maxValue(600))),
  /** `1k`, `720p` and the like, for models that take it beside a ratio. */
  resolution: v.exactOptional(word),
  speed: v.exactOptional(v.picklist(['relax', 'fast', 'turbo'])),
  /** What Midjourney does with the prompt and the attached pictures; `imagine` if absent. */
  mode: v.exactOptional(
    v.picklist(['imagine', 'blend', 'describe', 'shorten', 'edits', 'video', 'swap-face']),
  ),
  /** How much moves in a video of Midjourney. */
  motion: v.exactOptional(v.picklist(['low', 'high'])),
  /** Music without singing. */
  instrumental: v.exactOptional(v.boolean()),
});

/** What the user chose for pictures, video or music beside the prompt. */
export type GenerationSettings = v.InferOutput<typeof generationSettingsSchema>;

/** A button of a finished task, such as Midjourney's U1. Pressing it starts another task. */
export const taskActionSchema = v.object({
  /** What the gateway calls it. Up to 2,000 UTF-16 units. */
  customId: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
  /** As the gateway writes it, such as `U1` or an emoji; may be empty. */
  label: v.pipe(v.string(), v.maxLength(200)),
});

/** A button of a finished task. */
export type TaskAction = v.InferOutput<typeof taskActionSchema>;

/**
 * The action of a Midjourney task that waits for a prompt, and for some buttons also for a mask. An answer with this action sends its
 * prompt, and the mask of its first picture.
 */
export const modalAction: TaskAction = { customId: 'modal', label: '' };

/** What an answer was generated with. */
export const generationSchema = v.object({
  kind: v.picklist(generatedKinds),
  settings: generationSettingsSchema,
  /** The button of an earlier task that started this one. */
  action: v.exactOptional(v.object({ ...taskActionSchema.entries, taskId: v.string() })),
});

/** What an answer was generated with. */
export type Generation = v.InferOutput<typeof generationSchema>;
