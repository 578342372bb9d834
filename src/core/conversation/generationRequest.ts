import type { Generation } from '../../shared/answer/generation';
import { acceptedSettings } from '../../shared/answer/generationOffer';
import { choicesFor, takenInput } from '../../shared/answer/takenInput';
import { isStoredMedia } from '../../shared/answer/media';
import type { Message } from '../../shared/conversation/conversation';
import { offerFor } from '../models/offerFor';
import type { GenerationRequest } from '../ports/generationClient';
import type { PromptMessage } from '../ports/promptMessage';
import type { Target } from '../prompt/target';

/**
 * The request for pictures, video or music. It consists of the last prompt with its pictures alone: these endpoints take no history.
 *
 * @param path The messages down to the answer.
 * @returns Undefined if the target cannot be asked, or if there is no prompt.
 */
export function generationRequest(
  path: readonly Message[],
  generation: Generation,
  { route, model }: Target,
): GenerationRequest | undefined {
  const prompt = path.findLast(({ role }) => role === 'user');
  if (prompt?.role !== 'user' || !('gateway' in route)) return undefined;
  const offer = offerFor(generation.kind, model.modelId, route.gateway.baseUrl);
  const { mostPictures } = takenInput(offer, generation.settings);
  // A mask that belongs to a button goes with it, whatever the model takes otherwise.
  const sendsMask = offer.takesMask === true || generation.action !== undefined;
  return {
    ...route,
    modelId: model.modelId,
    generation,
    prompt: prompt.text,
    pictures: prompt.attachments
      .flatMap((attachment) => {
        if (attachment.kind !== 'image') return [];
        const { name, url, mask } = attachment;
        return [{ name, url, ...(mask !== undefined && sendsMask && { mask }) }];
      })
      .slice(0, generation.action === undefined ? (mostPictures ?? undefined) : undefined),
  };
}

/** What to make without the settings that the target's model does not take. A button of a task has no settings of its own. */
export function asTaken(generation: Generation, { model, route }: Target): Generation {
  const baseUrl = 'gateway' in route ? route.gateway.baseUrl : '';
  const offer = offerFor(generation.kind, model.modelId, baseUrl);
  const { mode } = offer;
  const accepted = acceptedSettings(generation.settings, choicesFor(offer, generation.settings));
  return { ...generation, settings: { ...accepted, ...(mode !== undefined && { mode }) } };
}

/**
 * The messages of a chat request with the content of stored pictures instead of their addresses. A picture that is gone is left out.
 *
 * @param read The content of an address as a `data:` URL.
 */
export async function withStoredPictures(
  messages: readonly PromptMessage[],
  read: (address: string) => Promise<string | undefined>,
): Promise<readonly PromptMessage[]> {
  return await Promise.all(
    messages.map(async (message) => {
      if (message.role !== 'user' || typeof message.content === 'string') return message;
      const parts = await Promise.all(
        message.content.map(async (part) => {
          if (part.type !== 'image_url' || !isStoredMedia(part.image_url.url)) return [part];
          const url = await read(part.image_url.url);
          return url === undefined ? [] : [{ ...part, image_url: { url } }];
        }),
      );
      return { ...message, content: parts.flat() };
    }),
  );
}

/** True if a message has a picture that is stored beside the journal. */
export function hasStoredPictures(messages: readonly PromptMessage[]): boolean {
  return messages.some(
    ({ role, content }) =>
      role === 'user' &&
      typeof content !== 'string' &&
      content.some((part) => part.type === 'image_url' && isStoredMedia(part.image_url.url)),
  );
}
