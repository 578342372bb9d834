import { modalAction, type Generation } from '../../../../../src/shared/answer/generation';
import { deepEqual, equal, ok } from 'node:assert/strict';
import { checkCompletions } from '../../../../../src/core/gatewayCheck/checkCompletions';
import { startDemoGateway } from '../../../../../scripts/demo/startDemoGateway.mjs';
import { collect, gatewayWith, patient, summary, type Answer } from '../../asking';
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

  const make = async (
    modelId: string,
    kind: Generation['kind'],
    more?: object,
    pictures?: object,
  ): Promise<Answer> =>
    await collect(
      place.client.client.generate(
        pictureRequest({
          gateway: gatewayWith({ baseUrl: demo.baseUrl, auth: 'none' }),
          modelId,
          generation: { kind, settings: {}, ...more },
          ...pictures,
        }),
      ),
    );

  it('makes a picture at once', async () => {
    const answer = await make('flux-kingfisher', 'image');
    equal(summary(answer), 'completed null');
    ok(mediaOf(answer)[0]?.url.startsWith('data:image/png;base64,'));
  });

  it('goes on with a text, and fills a gap with a word of the text after it', async () => {
    const gateway = gatewayWith({ baseUrl: demo.baseUrl, auth: 'none' });
    const base = { gateway, modelId: 'wren-base', timeouts: patient };
    const story = await collect(
      place.client.client.ask({
        ...{ ...base, parameters: {}, listedEndpoint: 'completions' },
        messages: [{ role: 'user', content: 'Once upon a time' }],
      }),
    );
    ok(story.text.startsWith(', there was a small bird'));
    const { signal } = new AbortController();
    const tried = await checkCompletions({ ...base, client: place.client.client, known: undefined, signal });
    deepEqual(tried, [{ form: 'suffix', result: 'works' }]);
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
    equal(offered?.actions.length, 10);
    const button = { ...offered.actions[1], taskId: submitted?.task.taskId };
    const upscaled = await make('mj_imagine', 'midjourney', { action: button });
    equal(summary(upscaled), 'completed null');
    ok(mediaOf(upscaled)[0]?.url !== mediaOf(grid)[0]?.url);
  });

  it('makes a picture from a part of another', async () => {
    const [attached] = mediaOf(await make('gpt-image-wagtail', 'image'));
    const picture = { name: 'wagtail.png', url: attached?.url ?? '', mask: attached?.url ?? '' };
    const answer = await make('gpt-image-wagtail', 'image', {}, { pictures: [picture] });
    equal(summary(answer), 'completed null');
    ok(mediaOf(answer)[0]?.url !== attached?.url);
  });

  it('asks for a prompt before a zoom of Midjourney', async () => {
    const [submitted] = partsOf(await make('mj_imagine', 'midjourney'), 'task-submitted');
    const press = async (taskId: string | undefined, customId: string): Promise<Answer> =>
      await make('mj_imagine', 'midjourney', { action: { taskId, customId, label: '' } });
    const waits = await press(submitted?.task.taskId, 'MJ::CustomZoom::demo');
    deepEqual(partsOf(waits, 'task-actions')[0]?.actions, [modalAction]);
    const zoomed = await press(partsOf(waits, 'task-submitted')[0]?.task.taskId, modalAction.customId);
    equal(mediaOf(zoomed).length, 1);
  });

  it('makes a video', async () => {
    const answer = await make('sora-swallow', 'video');
    equal(summary(answer), 'completed null');
    ok(mediaOf(answer)[0]?.url.startsWith('data:video/webm;base64,'));
  });
});
