import * as v from 'valibot';
import { usageSchema } from '../answer/usage';

/** What Parley asks models for by itself: a title for the conversation, or a summary of messages that are left out. */
export const backgroundRequestSchema = v.object({
  purpose: v.picklist(['title', 'summary']),
  /** The tokens that the gateway counted, or an estimate. */
  usage: usageSchema,
});

/** A request that Parley made by itself, with its tokens. */
export type BackgroundRequest = v.InferOutput<typeof backgroundRequestSchema>;
