import { originOf, type Gateway } from '../../../../core/models/gateway';

/**
 * Which form of the endpoints for pictures, video and music a gateway has. `openai`: OpenAI itself, which streams pictures.
 * `usual`: OpenAI's form, as New API and most gateways have it.
 */
type Dialect = 'openai' | 'usual' | 'apimart' | 'apipod';

const hosts: readonly (readonly [RegExp, Dialect])[] = [
  [/^https?:\/\/(?:[\w-]+\.)*apimart\.ai(?::\d+)?$/, 'apimart'],
  [/^https?:\/\/(?:[\w-]+\.)*apipod\.ai(?::\d+)?$/, 'apipod'],
  [/^https?:\/\/api\.openai\.com$/, 'openai'],
];
const presets: ReadonlyMap<string, Dialect> = new Map([
  ['apimart', 'apimart'],
  ['apipod', 'apipod'],
  ['openai', 'openai'],
]);

/** The form of a gateway, by its host or the preset that it was added from. */
export function dialectOf({ id, baseUrl }: Gateway): Dialect {
  const origin = originOf(baseUrl) ?? '';
  return hosts.find(([host]) => host.test(origin))?.[1] ?? presets.get(id) ?? 'usual';
}
