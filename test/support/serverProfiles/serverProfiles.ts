import { llamaCpp } from './llamaCpp';
import { lmStudio } from './lmStudio';
import { newApi } from './newApi';
import { ollama } from './ollama';
import type { ServerProfile } from './serverProfile';
import { vllm } from './vllm';

/** Profiles of servers that users run themselves. `ProfileServer` behaves like them. */
export const serverProfiles: readonly ServerProfile[] = [llamaCpp, ollama, lmStudio, vllm, newApi];
