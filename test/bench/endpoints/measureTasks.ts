import type { HttpChatClient } from '../../../src/gateway/httpChatClient';
import { figureOf, type Figure } from '../figure';
import { processorTime } from '../processorTime';
import { medianOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import { benchRoute, consume } from './benchClient';

const taskCount = 100;
const plan = { rounds: 7, warmUps: 3 };

/** Asks about all tasks until they are done. */
type Watch = (paths: readonly string[]) => Promise<void>;

/**
 * What the engine takes for 100 tasks at once: each is asked about three times, and its picture is read. The waits are left out. The
 * floor asks for the same replies with `fetch` and parses them.
 */
export async function measureTasks(origin: string, client: HttpChatClient): Promise<Figure[]> {
  const contestants = new Map<string, Watch>([
    ['parley', watchWith(client, origin)],
    ['floor', (paths) => watchPlainly(origin, paths)],
  ]);
  let round = 0;
  const { time } = await takeTurns(contestants, plan, async (watch) => {
    round += 1;
    const paths = Array.from({ length: taskCount }, (_, index) => `/v1/tasks/${round}-${index}`);
    return { time: (await processorTime(() => watch(paths))) / 1_000 };
  });
  const [ours, floor] = ['parley', 'floor'].map((name) => medianOf(time.get(name) ?? []));
  return [
    figureOf('tasks-100', 'ms', ours ?? Number.NaN, {
      floor: floor ?? Number.NaN,
      goals: { times: { floor: 1.5 } },
    }),
  ];
}

function watchWith(client: HttpChatClient, origin: string): Watch {
  const route = benchRoute(`${origin}/v1`);
  return async (paths) => {
    const media = await Promise.all(
      paths.map((path) =>
        consume(
          client.followTask(
            { taskId: path, kind: 'image', form: 'task', path, submittedAt: Date.now() },
            route,
            'bench-1',
          ),
        ),
      ),
    );
    if (media.flat().length !== taskCount) throw new Error(`There are ${media.flat().length} pictures.`);
  };
}

interface TaskReply {
  readonly data: {
    readonly status: string;
    readonly result?: { readonly images: readonly { readonly url: readonly string[] }[] };
  };
}

async function watchPlainly(origin: string, paths: readonly string[]): Promise<void> {
  const read = await Promise.all(
    paths.map(async (path) => {
      for (;;) {
        const reply = await fetch(`${origin}${path}`, { headers: { authorization: 'Bearer bench' } });
        const { data } = (await reply.json()) as TaskReply;
        if (data.status === 'completed') return data.result?.images[0]?.url[0] ?? '';
      }
    }),
  );
  if (read.some((url) => url === '')) throw new Error('A picture is missing.');
}
