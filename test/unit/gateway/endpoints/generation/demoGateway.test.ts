import { deepEqual, equal, ok } from 'node:assert/strict';
import { startDemoGateway } from '../../../../../scripts/demo/startDemoGateway.mjs';
import { collect, gatewayWith, summary, type Answer } from '../../asking';
import { GeneratingPlace, mediaOf, partsOf, pictureRequest } from './generating';

describe('The demo gateway', () => {
  let place: GeneratingPlace;
  let demo: Awaited<ReturnType<typeof startDemoGateway>>;

  before(async () => {
    place = new GeneratingPlace();
    demo = await startDemoGateway();
  });
  after(async () => {
    await place.close();
    await demo.stop();
  });

  const make = async (modelId: string, kind: 'image' | 'midjourney', action?: object): Promise<Answer> =>
    await collect(
      place.client.client.generate(
        pictureRequest({
          gateway: gatewayWith({ baseUrl: demo.baseUrl, auth: 'none' }),
          modelId,
          generation: { kind, settings: {}, ...action },
        }),
      ),
    );

  it('makes a picture at once', async () => {
    const answer = await make('flux-kingfisher', 'image');
    equal(summary(answer), 'completed null');
    ok(mediaOf(answer)[0]?.url.startsWith('data:image/png;base64,'));
  });

  it('makes a picture as a task', async () => {
    const answer = await make('flux-heron-later', 'image');
    deepEqual(
      partsOf(answer, 'task-progressed').map(({ percent }) => percent),
      [33, 67],
    );
    equal(mediaOf(answer).length, 1);
  });

  it('makes a Midjourney grid, and a picture from its button', async () => {
    const grid = await make('mj_imagine', 'midjourney');
    const [offered] = partsOf(grid, 'task-actions');
    const [submitted] = partsOf(grid, 'task-submitted');
    equal(offered?.actions.length, 9);
    const button = { ...offered.actions[1], taskId: submitted?.task.taskId };
    const upscaled = await make('mj_imagine', 'midjourney', { action: button });
    equal(summary(upscaled), 'completed null');
    ok(mediaOf(upscaled)[0]?.url !== mediaOf(grid)[0]?.url);
  });
});
