import * as v from 'valibot';

const rememberedTabSchema = v.object({
  /** The key of the tab. */
  tab: v.string(),
  /** The id of the conversation that the tab shows. */
  chat: v.string(),
  /** True if the conversation has no message. */
  isNew: v.boolean(),
});

/**
 * An editor tab and its conversation. VS Code keeps the state of a tab's page, too, but it writes that to disk only now and then, as
 * it does with the state of the workspace: after a crash, or a reload in a browser, both may be those of an earlier conversation.
 */
export type RememberedTab = v.InferOutput<typeof rememberedTabSchema>;

/** The tabs of a file; those that are not valid are left out. */
export function readTabs(value: unknown): readonly RememberedTab[] {
  const tabs: readonly unknown[] = Array.isArray(value) ? value : [];
  return tabs.flatMap((tab) => {
    const parsed = v.safeParse(rememberedTabSchema, tab);
    return parsed.success ? [parsed.output] : [];
  });
}
