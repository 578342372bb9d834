import assert from 'node:assert/strict';
import { extent, isLong } from '../support/extent';
import { printFigures } from '../support/printFigures';
import { batchesOf } from './batches';
import { blame } from './blame';
import { HostileWindow } from './hostileWindow';
import { hostileInputs, type HostileInput } from './hostileInputs';
import { rendererNames } from './page/renderers';
import type { Finding } from './watch';

/** Another one each day, in the long form; `PARLEY_CHAOS_SEED` repeats one. */
const seed = Number(process.env['PARLEY_CHAOS_SEED'] ?? extent(1, Math.floor(Date.now() / 86_400_000)));
const amount = extent({ total: 80, chosen: 40 }, { total: 5_200, chosen: Infinity });

type Attempt = (window: HostileWindow, batch: readonly HostileInput[]) => Promise<Finding[]>;

/** The ways on which what a model says comes to the screen. */
const ways: readonly { readonly name: string; readonly attempt: Attempt }[] = [
  { name: 'whole, in every place of a stored chat', attempt: (window, batch) => window.tryKept(batch) },
  {
    name: 'piece by piece, cut anywhere',
    attempt: (window, batch) => window.tryGrown(batch, seed + (batch[0]?.number ?? 0)),
  },
  { name: 'streamed by a gateway, field by field', attempt: (window, batch) => window.tryStreamed(batch) },
];

/** What else the machine does may hold up a page, too: it has hung when it does so each of three times. */
async function steadily(attempt: () => Promise<Finding[]>): Promise<Finding[]> {
  const others: Finding[] = [];
  let hangs: Finding[] = [];
  for (let time = 0; time < 3; time += 1) {
    const findings = await attempt();
    others.push(...findings.filter(({ kind }) => kind !== 'hang'));
    hangs = findings.filter(({ kind }) => kind === 'hang');
    if (hangs.length === 0) break;
  }
  return [...others, ...hangs];
}

describe('hostile output', () => {
  const found = new Map<Finding['kind'], number>();
  const tried = new Set<number>();
  let drawn = 0;
  let window: HostileWindow;
  let inputs: readonly HostileInput[];

  before(async function () {
    this.timeout(120_000);
    window = await HostileWindow.start();
    inputs = hostileInputs(amount, seed, (number) => window.beacon.baitOf(number));
  });

  after(async () => {
    await window.dispose();
    printFigures('output', {
      'inputs tried': tried.size,
      'answers drawn': drawn,
      renderers: window.renderers.size,
      'scripts run': found.get('script') ?? 0,
      'requests sent': found.get('request') ?? 0,
      'policy reports': found.get('policy') ?? 0,
      hangs: found.get('hang') ?? 0,
      'other traces': found.get('other') ?? 0,
      seed: String(seed),
    });
  });

  describe('is watched by', () => {
    it('an alarm for scripts, requests and hits, which a page without a policy sets off', async () => {
      const page = await window.page.context().newPage();
      window.watch.attach(page);
      window.beacon.page = `<img src="/planted.png" onerror="hostileScriptRan('planted')"><script>hostileScriptRan('planted')</script>`;
      await page.goto(`http://${window.beacon.host}/`);
      await page.waitForFunction(() => document.images[0]?.complete === true);
      await page.close();
      // A page behind another one draws nothing.
      await window.page.bringToFront();
      window.beacon.page = '';
      const kinds = window.watch.drain().map(({ kind }) => kind);
      assert.ok(kinds.includes('script') && kinds.includes('request'), kinds.join());
      assert.ok(window.beacon.hits.includes('/planted.png'));
    });

    it('an alarm for what the policy refuses, which markup in the panel sets off', async () => {
      const { url, script } = window.beacon.baitOf(0);
      const findings = await window.observe(async () => {
        await window.frame.evaluate((markup) => {
          const place = document.createElement('div');
          place.id = 'planted';
          place.innerHTML = markup;
          document.body.append(place);
        }, `<img src="${url}" onerror="${script}"><p style="color: red">x</p><iframe src="${url}"></iframe>`);
        await window.page.waitForTimeout(200);
      });
      await window.frame.evaluate(() => document.querySelector('#planted')?.remove());
      const texts = findings.map(({ kind, what }) => `${kind} ${what}`).join('\n');
      for (const expected of [/policy .*inline event handler/i, /policy img-src/, /policy .*inline style/i])
        assert.match(texts, expected);
      for (const expected of [/request .*\/hit\/0/, /other <iframe>/, /other onerror of <img>/])
        assert.match(texts, expected);
      assert.doesNotMatch(texts, /^script/m);
    });

    it('a clock, and an ear for what breaks in the panel', async () => {
      const limits = { whole: 20_000, standstill: 300 };
      const findings = await window.observe(async () => {
        await window.frame.evaluate(() => {
          const end = performance.now() + 400;
          while (performance.now() < end) Math.random();
          reportError(new Error('Planted'));
        });
        await window.page.waitForTimeout(200);
      }, limits);
      assert.match(findings.map(({ kind, what }) => `${kind} ${what}`).join('\n'), /hang Stood still/);
      assert.ok(findings.some(({ kind, what }) => kind === 'other' && what.includes('Planted')));
    });

    // A new window takes long to open.
    if (isLong) {
      it('a second clock: a page that no longer answers is given up for a new one', async function () {
        this.timeout(60_000);
        const stuck = async (): Promise<void> => {
          await window.frame.evaluate(() => {
            for (;;) Math.random();
          });
        };
        const findings = await window.observe(stuck, { whole: 2_000, standstill: 1_000 });
        assert.deepEqual(
          findings.map(({ kind }) => kind),
          ['hang'],
        );
        assert.deepEqual(await window.observe(() => Promise.resolve()), []);
      });
    }
  });

  describe('is drawn, and', () => {
    for (const { name, attempt } of ways) {
      it(`runs, fetches, breaks and holds up nothing: ${name}`, async function () {
        this.timeout(extent(180_000, 60 * 60_000));
        const guilty: string[] = [];
        for (const batch of batchesOf(inputs)) {
          const findings = await steadily(() => attempt(window, batch));
          for (const { number } of batch) tried.add(number);
          drawn += batch.length;
          for (const { kind } of findings) found.set(kind, (found.get(kind) ?? 0) + 1);
          if (findings.length === 0) continue;
          const due = await blame(batch, findings, (part) => steadily(() => attempt(window, part)));
          // Told at once: the long form goes on for half an hour.
          for (const line of due) console.log(line);
          guilty.push(...due);
          if (guilty.length > 6) break;
        }
        assert.equal(guilty.join('\n'), '');
      });
    }

    it('came to every renderer', () => {
      assert.deepEqual(
        rendererNames.filter((name) => !window.renderers.has(name)),
        [],
      );
    });
  });
});
