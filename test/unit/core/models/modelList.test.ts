import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ModelList, type ListedGateway, type ModelMarks } from '../../../../src/core/models/modelList';
import { modelKinds, type ModelKind } from '../../../../src/core/models/modelKind';
import {
  formatModelReference,
  parseModelReference,
} from '../../../../src/shared/conversation/modelReference';

const lab: ListedGateway = {
  id: 'lab',
  name: 'Lab',
  models: ['gpt-5', 'claude-opus', 'text-embedding-3', 'gpt-4o'].map((id) => ({ id })),
  unserved: new Set(),
};
const home: ListedGateway = {
  id: 'home',
  name: 'Home',
  models: [{ id: 'qwen3' }, { id: 'gpt-5' }],
  unserved: new Set(),
};
/** Its last check found no endpoint for pictures and none for embeddings. */
const plain: ListedGateway = {
  id: 'plain',
  name: 'Plain',
  models: ['gpt-5', 'gpt-image-1', 'flux-dev', 'sora-2', 'text-embedding-3', 'whisper-1'].map((id) => ({
    id,
  })),
  unserved: new Set(['image', 'embedding']),
};

function list(
  marks: Partial<Record<keyof ModelMarks, readonly string[]>> = {},
  gateways: readonly ListedGateway[] = [lab, home],
): ModelList {
  const read = (texts: readonly string[] = []) =>
    texts.map(parseModelReference).filter((model) => model !== undefined);
  return new ModelList(gateways, {
    favorites: read(marks.favorites),
    recent: read(marks.recent),
    hidden: read(marks.hidden),
    usedForChat: read(marks.usedForChat),
  });
}

function shown(models: ModelList, query = '', showsHidden = false): readonly string[] {
  return models
    .find(query, showsHidden)
    .models.map(({ section, reference }) => `${section}: ${formatModelReference(reference)}`);
}

describe('the list of models', () => {
  it('has the chat models of each gateway, also those with the same id', () => {
    assert.deepEqual(shown(list()), [
      'gateway: lab/gpt-5',
      'gateway: lab/claude-opus',
      'gateway: lab/gpt-4o',
      'gateway: home/qwen3',
      'gateway: home/gpt-5',
    ]);
  });

  it('shows models that make pictures behind those for chat, and models of other kinds behind the hidden ones', () => {
    const models = new ModelList(
      [
        {
          id: 'lab',
          name: 'Lab',
          models: [
            { id: 'whisper-1' },
            { id: 'gpt-image-1' },
            { id: 'gpt-5' },
            { id: 'flux-dev' },
            { id: 'painter', kind: 'image' },
            { id: 'gpt-4o' },
          ],
          unserved: new Set(),
        },
      ],
      {
        favorites: [],
        recent: [],
        hidden: [{ gatewayId: 'lab', modelId: 'gpt-4o' }],
        usedForChat: [{ gatewayId: 'lab', modelId: 'flux-dev' }],
      },
    );
    assert.deepEqual(
      models.find('', true).models.map(({ reference, kind }) => `${reference.modelId} ${kind}`),
      [
        'gpt-5 chat',
        'flux-dev chat',
        'gpt-image-1 image',
        'painter image',
        'gpt-4o chat',
        'whisper-1 transcription',
      ],
    );
    assert.equal(models.find('', false).notForChat, 1);
    assert.equal(models.find('', false, true).notForChat, 3, 'a comparison begins with chat models');
  });

  it('begins with favorites and recent models, each model once', () => {
    const models = list({ favorites: ['home/gpt-5'], recent: ['home/gpt-5', 'lab/gpt-4o'] });
    assert.deepEqual(shown(models), [
      'favorites: home/gpt-5',
      'recent: lab/gpt-4o',
      'gateway: lab/gpt-5',
      'gateway: lab/claude-opus',
      'gateway: home/qwen3',
    ]);
  });

  it('has favorites and recent models that no list has, and leaves out those of other gateways', () => {
    const models = list({ favorites: ['lab/secret-beta', 'gone/gpt-5'], recent: ['home/text-embedding-9'] });
    assert.deepEqual(shown(models).slice(0, 3), [
      'favorites: lab/secret-beta',
      'recent: home/text-embedding-9',
      'gateway: lab/gpt-5',
    ]);
  });

  it('counts hidden models and models that are not for chat, and has them on demand', () => {
    const models = list({ hidden: ['lab/gpt-5', 'home/qwen3'], recent: ['home/qwen3'] });
    assert.deepEqual(shown(models), [
      'gateway: lab/claude-opus',
      'gateway: lab/gpt-4o',
      'gateway: home/gpt-5',
    ]);
    const { hiddenByUser, notForChat } = models.find('', false);
    assert.deepEqual({ hiddenByUser, notForChat }, { hiddenByUser: 2, notForChat: 1 });
    assert.deepEqual(shown(models, '', true).slice(3), [
      'hidden: home/qwen3',
      'hidden: lab/gpt-5',
      'hidden: lab/text-embedding-3',
    ]);
  });

  it('counts only the hidden models that match a query', () => {
    const models = list({ hidden: ['lab/gpt-5', 'home/qwen3'] });
    const { hiddenByUser, notForChat } = models.find('gpt', false);
    assert.deepEqual({ hiddenByUser, notForChat }, { hiddenByUser: 1, notForChat: 0 });
    assert.deepEqual(shown(models, 'qwen', true), ['hidden: home/qwen3']);
  });

  it('shows a favorite even if it is hidden or not for chat', () => {
    const models = list({ favorites: ['lab/gpt-5', 'lab/text-embedding-3'], hidden: ['lab/gpt-5'] });
    assert.deepEqual(shown(models).slice(0, 2), ['favorites: lab/gpt-5', 'favorites: lab/text-embedding-3']);
  });

  describe('of a gateway whose last check found no endpoint for a kind', () => {
    it('leaves out the models of that kind, counts them, and has them on demand', () => {
      const models = list({}, [plain]);
      assert.deepEqual(shown(models), ['gateway: plain/gpt-5', 'generated: plain/sora-2']);
      const { hiddenByUser, unserved, notForChat } = models.find('', false);
      assert.deepEqual(
        { hiddenByUser, unserved, notForChat },
        { hiddenByUser: 0, unserved: 3, notForChat: 1 },
      );
      assert.deepEqual(shown(models, '', true).slice(2), [
        'hidden: plain/gpt-image-1',
        'hidden: plain/flux-dev',
        'hidden: plain/whisper-1',
        'hidden: plain/text-embedding-3',
      ]);
    });

    it('keeps the models of that kind at other gateways', () => {
      const models = list({}, [plain, { ...plain, id: 'rich', unserved: new Set() }]);
      assert.deepEqual(shown(models, 'flux'), ['generated: rich/flux-dev']);
      assert.equal(models.find('flux', false).unserved, 1);
    });

    it('has them again after a check that finds the endpoint', () => {
      const models = list({}, [{ ...plain, unserved: new Set<ModelKind>() }]);
      assert.deepEqual(shown(models, 'flux'), ['generated: plain/flux-dev']);
      assert.equal(models.find('', false).unserved, 0);
    });

    it('has a model that the user has made a favorite or uses for chat', () => {
      const models = list({ favorites: ['plain/flux-dev'], usedForChat: ['plain/gpt-image-1'] }, [plain]);
      assert.deepEqual(shown(models), [
        'favorites: plain/flux-dev',
        'gateway: plain/gpt-5',
        'gateway: plain/gpt-image-1',
        'generated: plain/sora-2',
      ]);
    });

    it('counts a model that the user has hidden once', () => {
      const { hiddenByUser, unserved } = list({ hidden: ['plain/flux-dev'] }, [plain]).find('', false);
      assert.deepEqual({ hiddenByUser, unserved }, { hiddenByUser: 1, unserved: 2 });
    });
  });

  it('knows whether a gateway lists an id', () => {
    assert.equal(list().has({ gatewayId: 'lab', modelId: 'gpt-4o' }), true);
    assert.equal(list().has({ gatewayId: 'home', modelId: 'gpt-4o' }), false);
  });

  it('has every model exactly once, whatever is marked', () => {
    const reference = fc.constantFrom(
      ...[lab, home].flatMap(({ id, models }) => models.map((model) => `${id}/${model.id}`)),
    );
    const some = fc.array(reference, { maxLength: 8 });
    const kinds = fc.subarray([...modelKinds]).map((some) => new Set(some));
    fc.assert(
      fc.property(some, some, some, kinds, (favorites, recent, hidden, unserved) => {
        const gateways = [lab, { ...home, unserved }];
        const models = list({ favorites, recent, hidden }, gateways);
        const all = models.find('', true).models.map((model) => formatModelReference(model.reference));
        assert.equal(new Set(all).size, all.length);
        assert.equal(all.length, lab.models.length + home.models.length);
        const visible = models.find('', false);
        const leftOut = visible.hiddenByUser + visible.unserved + visible.notForChat;
        assert.equal(visible.models.length + leftOut, all.length);
      }),
    );
  });
});
