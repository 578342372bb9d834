import { equal, ok } from 'node:assert/strict';
import { type PanelPage, readyState } from './panelPage';
import { twoGateways } from './panelStates';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

const conversation = conversationOf(
  'c1',
  asked('q1', 'Why?'),
  begun('a1', 'q1'),
  said('a1', 'Because.'),
  ended('a1'),
);

describe('the name of the gateway', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await panels.open();
  });

  it('is absent if only one gateway is ready', async () => {
    const notReady = { id: 'lab', name: 'Lab', description: '', ready: false };
    await panel.show(conversation, { ...readyState, gateways: [...readyState.gateways, notReady] });
    ok(await panel.page.getByRole('button', { name: 'GPT-5 mini', exact: true }).isVisible());
    ok(await panel.page.getByRole('article', { name: 'GPT-5 mini', exact: true }).isVisible());
    ok(await panel.page.getByRole('heading', { name: 'GPT-5 mini', exact: true }).isVisible());
  });

  it('is beside the model in the composer and above each answer if several gateways are ready', async () => {
    await panel.show(conversation, twoGateways);
    await panel.page.getByRole('button', { name: 'GPT-5 mini · Demo', exact: true }).press('Enter');
    equal((await panel.intents('select-model')).length, 1);
    ok(await panel.page.getByRole('heading', { name: 'GPT-5 mini · Demo', exact: true }).isVisible());
    ok(await panel.page.getByRole('article', { name: 'GPT-5 mini · Demo', exact: true }).isVisible());
  });

  it('appears when a second gateway becomes ready', async () => {
    await panel.show(conversation);
    await panel.send('state', twoGateways);
    ok(await panel.page.getByRole('button', { name: 'GPT-5 mini · Demo', exact: true }).isVisible());
    ok(await panel.page.getByRole('heading', { name: 'GPT-5 mini · Demo', exact: true }).isVisible());
  });

  it('is above an answer from a gateway that was removed', async () => {
    await panel.show(conversation, {
      ...readyState,
      model: { reference: { gatewayId: 'lab', modelId: 'gpt-5' }, name: 'GPT-5', gatewayName: 'Lab' },
      gateways: [{ id: 'lab', name: 'Lab', description: '', ready: true }],
    });
    ok(await panel.page.getByRole('button', { name: 'GPT-5', exact: true }).isVisible());
    ok(await panel.page.getByRole('heading', { name: 'GPT-5 mini · demo', exact: true }).isVisible());
  });

  it('tells compared models with the same name apart', async () => {
    const comparison = ['demo', 'lab'].map((gatewayId) => ({
      reference: { gatewayId, modelId: 'gpt-5-mini' },
      name: 'GPT-5 mini',
    }));
    await panel.show(conversation, { ...twoGateways, comparison });
    ok(await panel.page.getByText('Comparing GPT-5 mini · Demo, GPT-5 mini · Lab').isVisible());
  });

  it('stays readable beside a long name of a model, and gives way to it in a narrow panel', async () => {
    const name = 'claude-opus-4.5-thinking';
    await panel.show(conversation, {
      ...twoGateways,
      model: { reference: { gatewayId: 'demo', modelId: name }, name, gatewayName: 'Demo' },
    });
    const shares = (): Promise<readonly number[]> =>
      panel.page
        .locator('.model-button')
        .evaluate((button) =>
          [...button.querySelectorAll('span')].map(
            ({ clientWidth, scrollWidth }) => clientWidth / scrollWidth,
          ),
        );
    await panel.page.setViewportSize({ width: 340, height: 600 });
    equal((await shares())[1], 1);
    await panel.page.setViewportSize({ width: 240, height: 600 });
    const [model = 0, gateway = 1] = await shares();
    ok(model > gateway, `${model} ${gateway}`);
    equal(await panel.page.evaluate(() => document.documentElement.scrollWidth), 240);
  });
});
