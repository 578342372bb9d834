import type { Generation } from '../../shared/answer/generation';
import type { Task } from '../../shared/answer/task';
import type { Route } from '../models/route';
import type { AnswerStream } from './answerStream';

/** A picture that goes with a request. */
interface PromptPicture {
  readonly name: string;
  /** A `data:` URL, or an `https:` or `http:` URL that the gateway fetches. */
  readonly url: string;
  /** A `data:` URL of a PNG in the size of the picture. What is transparent in it is to be changed. */
  readonly mask?: string;
}

/** A request for pictures, video or music. */
export interface GenerationRequest extends Route {
  readonly modelId: string;
  readonly generation: Generation;
  readonly prompt: string;
  readonly pictures: readonly PromptPicture[];
}

/** Makes pictures, video and music. Such requests are billed one by one. */
export interface GenerationClient {
  /**
   * Sends a request. After its first byte was sent, it is never sent again, whatever happens. Never throws: the stream ends with
   * the failure. Its media are `data:` URLs, or links that could not be fetched. Cancelling stops waiting; the gateway may go on.
   */
  generate(request: GenerationRequest): AnswerStream;
  /** Waits again for a task that was submitted before. Sends nothing that is billed. */
  followTask(task: Task, route: Route, modelId: string): AnswerStream;
}

/** Where an answer is. */
export interface AnswerPlace {
  readonly conversationId: string;
  readonly answerId: string;
}

/** Makes pictures, video and music for answers. A `GenerationClient` that knows for which answer it works. */
export interface AnswerGeneration {
  /** See `GenerationClient.generate`. */
  generate(request: GenerationRequest, place: AnswerPlace): AnswerStream;
  /** See `GenerationClient.followTask`. */
  followTask(task: Task, route: Route, modelId: string, place: AnswerPlace): AnswerStream;
}
