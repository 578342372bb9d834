import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { placeIn } from './placeIn';
import { EngineFixture, type Question } from './engineFixture';

/** Longer than any debounce. */
const pause = 1_000;

describe('The engine of completions', () => {
  let fixture: EngineFixture;

  beforeEach(() => {
    fixture = new EngineFixture();
  });

  /** Asks and waits until the request is sent. */
  async function request(text: string): Promise<Question> {
    const question = fixture.ask(text);
    await fixture.timer.pass(pause);
    return question;
  }

  /** Asks, and answers the request. */
  async function complete(text: string, answer: string): Promise<Question> {
    const question = await request(text);
    fixture.last.write(answer);
    fixture.last.end();
    await fixture.timer.pass(0);
    return question;
  }

  it('sends one request after a pause and gives its text', async () => {
    equal((await complete('const a = ¦\n', 'b + c;')).text, 'b + c;');
    const { prefix, suffix, stop, maxTokens } = fixture.last.request;
    deepEqual({ prefix, suffix, stop }, { prefix: 'const a = ', suffix: '\n', stop: ['\n'] });
    ok(maxTokens <= 64);
  });

  it('sends nothing while the user types on', async () => {
    let text = 'const a = ';
    let question: Question | undefined;
    for (const key of 'computeTotal') {
      question = await fixture.type(text, key, question);
      text += key;
      await fixture.timer.pass(20);
    }
    equal(fixture.answers.length, 0);
    await fixture.timer.pass(pause);
    equal(fixture.answers.length, 1);
    equal(fixture.last.request.prefix, 'const a = computeTotal');
  });

  it('sends nothing inside a word, but does if the user asks for it', async () => {
    equal((await request('comp¦ute')).text, null);
    equal(fixture.answers.length, 0);
    void fixture.ask(placeIn('comp¦ute', 'typescript', true));
    await fixture.timer.pass(0);
    equal(fixture.answers.length, 1);
  });

  it('sends no request for keys that the running answer begins with', async () => {
    let question = await request('const a = ¦');
    fixture.last.write('compute');
    await fixture.timer.pass(0);
    let text = 'const a = ';
    for (const key of 'comp') {
      question = await fixture.type(text, key, question);
      text += key;
    }
    fixture.last.write('Total();');
    fixture.last.end();
    await fixture.timer.pass(pause);
    equal(question.text, 'uteTotal();');
    equal(fixture.answers.length, 1);
    equal(fixture.last.isCancelled, false);
  });

  it('keeps a request of which nothing has arrived while the user types', async () => {
    let question = await request('const a = ¦');
    question = await fixture.type('const a = ', 'c', question);
    await fixture.timer.pass(400);
    equal(fixture.last.isCancelled, false);
    fixture.last.write('count;');
    fixture.last.end();
    await fixture.timer.pass(0);
    equal(question.text, 'ount;');
    equal(fixture.answers.length, 1);
  });

  it('asks again at once if the answer turns out to be another one', async () => {
    let question = await request('const a = ¦');
    question = await fixture.type('const a = ', 'c', question);
    fixture.last.write('total;');
    await fixture.timer.pass(0);
    equal(fixture.answers.length, 2);
    equal(fixture.answers[0]?.isCancelled, true);
    fixture.last.write('ount;');
    fixture.last.end();
    await fixture.timer.pass(0);
    equal(question.text, 'ount;');
  });

  it('cancels the request when the user types something else', async () => {
    const question = await request('const a = ¦');
    fixture.last.write('compute');
    await fixture.timer.pass(0);
    fixture.engine.changed('test', [{ offset: 10, removed: 0, inserted: 'x' }]);
    equal(fixture.last.isCancelled, true);
    question.cancel();
  });

  it('cancels the request within 50 ms when the cursor moves away', async () => {
    const question = await request('const a = ¦');
    question.cancel();
    await fixture.timer.pass(49);
    equal(fixture.last.isCancelled, true);
  });

  it('cancels a request for which no question comes after a key', async () => {
    const question = await request('const a = ¦');
    fixture.engine.changed('test', [{ offset: 10, removed: 0, inserted: 'c' }]);
    question.cancel();
    await fixture.timer.pass(400);
    equal(fixture.last.isCancelled, false);
    await fixture.timer.pass(400);
    equal(fixture.last.isCancelled, true);
  });

  it('lets changes of other documents pass', async () => {
    await request('const a = ¦');
    fixture.engine.changed('other', [{ offset: 0, removed: 5, inserted: '' }]);
    equal(fixture.last.isCancelled, false);
  });

  it('cancels the request when the text above the cursor changes', async () => {
    await request('const a = ¦');
    fixture.engine.changed('test', [{ offset: 0, removed: 5, inserted: 'let' }]);
    equal(fixture.last.isCancelled, true);
  });

  it('follows a bracket that the editor closes by itself', async () => {
    const before = await request('print¦');
    fixture.engine.changed('test', [{ offset: 5, removed: 0, inserted: '()' }]);
    before.cancel();
    const question = fixture.ask('print(¦)');
    fixture.last.write('(total)');
    fixture.last.end();
    await fixture.timer.pass(pause);
    equal(question.text, 'total');
    equal(fixture.answers.length, 1);
  });

  it('replaces the bracket that the editor has added by that of the completion', async () => {
    await complete('const a = ¦\n', 'add(first, second);');
    const question = await request('const a = add(¦)\n');
    deepEqual([question.text, question.replaces], ['first, second);', 1]);
    equal((await request('const a = add(first, ¦)\n')).replaces, 1);
    equal(fixture.answers.length, 1);
  });

  for (const [text, answer, replaces] of [
    ['print(¦)', 'total', 0],
    ['print(¦)', 'add(1);', 0],
    ['print("¦")', 'Hello", name);', 2],
    ['print("¦")', 'Hello', 0],
    ['print(¦, 1)', 'a);', 0],
    ['a[b[¦]]', '0]].c', 2],
  ] as const)
    it(`replaces ${replaces} characters after the cursor in ${text} by ${answer}`, async () => {
      equal((await complete(text, answer)).replaces, replaces);
    });

  it('follows typing along a selected suggestion', async () => {
    const before = await request('¦');
    before.cancel();
    await fixture.timer.pass(pause);
    const place = { ...placeIn('console¦'), pending: 4 };
    const first = fixture.ask(place);
    await fixture.timer.pass(pause);
    const count = fixture.answers.length;
    fixture.engine.changed('test', [{ offset: 3, removed: 0, inserted: 's' }]);
    first.cancel();
    const second = fixture.ask({ ...place, pending: 3 });
    fixture.last.write('.log()');
    fixture.last.end();
    await fixture.timer.pass(pause);
    equal(second.text, '.log()');
    equal(fixture.answers.length, count);
  });

  it('shows an earlier completion again at once', async () => {
    await complete('const a = ¦', 'count;');
    equal((await request('const a = ¦')).text, 'count;');
    equal((await request('const a = cou¦')).text, 'nt;');
    equal((await request('const ¦')).text, 'a = count;');
    equal(fixture.answers.length, 1);
  });

  it('asks again where the text around the cursor has changed', async () => {
    await complete('const a = ¦', 'count;');
    await request('let b = 1;\nconst a = ¦');
    await request('const a = ¦\nprint(a);');
    equal(fixture.answers.length, 3);
  });

  it('remembers that the model had nothing to add', async () => {
    equal((await complete('const a = 1;¦\n', '')).text, null);
    equal((await request('const a = 1;¦\n')).text, null);
    equal(fixture.answers.length, 1);
  });

  it('closes the connection when the line is complete', async () => {
    const question = await request('const a = ¦\n');
    fixture.last.write('b;\nconst c');
    await fixture.timer.pass(0);
    equal(question.text, 'b;');
    equal(fixture.last.isCancelled, true);
  });

  it('closes the connection when the block is complete', async () => {
    const question = await request('function f() {¦\n');
    fixture.last.write('\n  go();\n}\n\nfunction g');
    await fixture.timer.pass(0);
    equal(question.text, '\n  go();\n}');
    equal(fixture.last.isCancelled, true);
  });

  it('has nothing in front of a model that stops in the middle of a word', async () => {
    const question = await request('const a = ¦\n');
    fixture.last.write('compute(ite');
    fixture.last.end('length');
    await fixture.timer.pass(0);
    equal(question.text, 'compute(');
  });

  it('reads the reply of a chat model without its fence', async () => {
    fixture.form = 'chat';
    equal((await complete('const a = ¦\n', '```ts\nconst a = b;\n```')).text, 'b;');
    deepEqual(fixture.last.request.stop, []);
  });

  it('takes out what turns out to be reasoning', async () => {
    const question = await request('const a = ¦\n');
    fixture.last.write('let me think');
    fixture.last.send({ kind: 'text-was-reasoning', length: 12 });
    fixture.last.write('b;');
    fixture.last.end();
    await fixture.timer.pass(0);
    equal(question.text, 'b;');
  });

  it('waits after a failure, longer after each, and asks at once when the user wants it', async () => {
    await request('const a = ¦');
    fixture.last.fail('server-error');
    await fixture.timer.pass(0);
    await request('const ab = ¦');
    equal(fixture.answers.length, 1);
    await fixture.timer.pass(2_000);
    await request('const abc = ¦');
    equal(fixture.answers.length, 2);
    fixture.last.fail('server-error');
    await fixture.timer.pass(2_500);
    await request('const abcd = ¦');
    equal(fixture.answers.length, 2);
    void fixture.ask(placeIn('const abcd = ¦', 'typescript', true));
    await fixture.timer.pass(0);
    equal(fixture.answers.length, 3);
    equal(fixture.failures.length, 2);
  });

  it('waits as long as the gateway says when it limits the rate', async () => {
    await request('const a = ¦');
    fixture.last.fail('rate-limited', { seconds: 60 });
    await fixture.timer.pass(50_000);
    await request('const ab = ¦');
    equal(fixture.answers.length, 1);
    await fixture.timer.pass(10_000);
    await request('const abc = ¦');
    equal(fixture.answers.length, 2);
  });

  for (const kind of ['unauthorized', 'payment-required', 'missing-key'] as const)
    it(`sends nothing more after ${kind} until the user has changed something`, async () => {
      await request('const a = ¦');
      fixture.last.fail(kind, { retryable: false });
      await fixture.timer.pass(24 * 3_600_000);
      await request('const ab = ¦');
      equal(fixture.answers.length, 1);
      ok(fixture.engine.pause.needsUser);
      fixture.engine.reset();
      await request('const ab = ¦');
      equal(fixture.answers.length, 2);
    });

  it('sends nothing without a model', async () => {
    fixture.hasTarget = false;
    equal((await request('const a = ¦')).text, null);
    equal(fixture.answers.length, 0);
  });

  it('counts the tokens of each request once, also of one that was cancelled', async () => {
    await request('const a = ¦');
    fixture.last.send(
      { kind: 'text', text: 'b;' },
      { kind: 'usage', usage: { promptTokens: 30, completionTokens: 2 } },
    );
    fixture.last.end();
    await fixture.timer.pass(0);
    (await request('const c = ¦')).cancel();
    await fixture.timer.pass(100);
    equal(fixture.used.length, 2);
    deepEqual(fixture.used[0], { promptTokens: 30, completionTokens: 2, isEstimated: false });
    const [, cancelled] = fixture.used;
    equal(cancelled?.isEstimated, true);
    ok(cancelled.promptTokens > 0);
  });

  it('waits longer before the requests of a slow model', async () => {
    await complete('const a = ¦', 'b;');
    const fast = fixture.engine.delay.milliseconds;
    for (let round = 0; round < 8; round += 1) {
      await request(`const a${round} = ¦`);
      await fixture.timer.pass(3_000);
      fixture.last.end();
      await fixture.timer.pass(0);
    }
    ok(fixture.engine.delay.milliseconds > fast);
    ok(fixture.engine.delay.milliseconds <= 400);
  });

  it('forgets everything when it is reset', async () => {
    await complete('const a = ¦', 'b;');
    const question = await request('const c = ¦');
    fixture.engine.reset();
    await fixture.timer.pass(0);
    equal(fixture.answers[1]?.isCancelled, true);
    equal(question.text, null);
    await request('const a = ¦');
    equal(fixture.answers.length, 3);
  });

  it('has at most one request at a time, answers every question and shows only what continues the text', async () => {
    const action = fc.oneof(
      fc.record({
        kind: fc.constant('type' as const),
        text: fc.constantFrom('a', 'b', ' ', '(', '\n', '计'),
      }),
      fc.record({
        kind: fc.constant('answer' as const),
        text: fc.constantFrom('a', 'ab', 'a(b)', '\n', 'b'),
      }),
      fc.record({ kind: fc.constantFrom('end', 'cancel', 'fail', 'ask', 'delete'), text: fc.constant('') }),
      fc.record({ kind: fc.constant('wait' as const), text: fc.constantFrom('1', '40', '300', '5000') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const run = new EngineFixture();
        const questions: Question[] = [];
        let text = 'x = ';
        for (const { kind, text: given } of actions) {
          if (kind === 'type') questions.push(await run.type(text, given, questions.at(-1)));
          if (kind === 'type') text += given;
          if (kind === 'delete' && text.length > 0) {
            run.engine.changed('test', [{ offset: text.length - 1, removed: 1, inserted: '' }]);
            text = text.slice(0, -1);
          }
          if (kind === 'ask' || kind === 'delete') {
            questions.at(-1)?.cancel();
            questions.push(run.ask(`${text}¦`));
          }
          if (kind === 'answer') run.answers.at(-1)?.write(given);
          if (kind === 'end') run.answers.at(-1)?.end();
          if (kind === 'fail') run.answers.at(-1)?.fail('server-error');
          if (kind === 'cancel') questions.at(-1)?.cancel();
          await run.timer.pass(kind === 'wait' ? Number(given) : 0);
        }
        questions.at(-1)?.cancel();
        await run.timer.pass(10_000);
        for (const answer of run.answers) answer.end();
        await run.timer.pass(10_000);
        ok(run.mostOpen <= 1);
        ok(questions.every((question) => question.text !== undefined));
        equal(run.engine.isBusy, false);
      }),
    );
  });
});
