import { equal } from 'node:assert/strict';
import { withParley } from '../support/withParley';

describe('base models', () => {
  const window = withParley({
    settings: { 'parley.defaultModel': 'loopback/davinci-002' },
    behaviour: { models: ['davinci-002', 'gpt-4o'] },
  });

  it('go on with the text of a prompt, at the endpoint for completions', async () => {
    await window.ask('Once upon a time');
    await window.answer('davinci-002').getByText('there was a small bird that wrote programs.').waitFor();
    // The title is not asked for, because the model would go on with the question for it.
    await window.status('Answer complete').waitFor();
    equal(window.gateway.requests.length, 1);
    const { path, body } = window.gateway.lastRequest;
    equal(path, '/v1/completions');
    equal(body['prompt'], 'Once upon a time');
  });
});
