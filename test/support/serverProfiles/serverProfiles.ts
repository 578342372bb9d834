import { llamaCpp } from './llamaCpp';
import { lmStudio } from './lmStudio';
import { newApi } from './newApi';
import { ollama } from './ollama';
import type { ServerProfile } from './serverProfile';
import { vllm } from './vllm';

/** Servers that users run themselves, each with what is its own. `ProfileServer` behaves like them. */
export const serverProfiles: readonly ServerProfile[] = [llamaCpp, ollama, lmStudio, vllm, newApi];
