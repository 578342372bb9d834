import type { Media } from '../../../../shared/answer/media';
import { modalAction } from '../../../../shared/answer/generation';
import type { Ending } from '../../../../shared/answer/ending';
import type { Task, TaskState } from '../../../../shared/answer/task';
import type { Failure, FailureKind } from '../../../../shared/failure/failure';
import { classifyRefusal } from '../../../failures/classifyRefusal';
import { failureOf, failureOfStatus, type Call } from '../../../failures/failureOf';
import { readRetryAfter } from '../../../failures/waitIn';
import { prepareRequest } from '../../prepareChatRequest';
import { mediumOf } from '../media/foundMedia';
import { fetchContent, fetchLink, fetchMedium } from '../results/fetchMedium';
import { exchangeOnce, type ExchangeEnd } from '../wire/exchangeOnce';
import { failureOfBilledError, failureWithoutMedia } from '../wire/failureOfBilled';
import { failed, useSecretHeader, type GenerationRun } from '../wire/generationRun';
import { atOrigin } from '../wire/belowBase';
import { mediaKind } from './mediaKind';
import { nextLook } from './nextLook';
import type { TaskForm, TaskReading, TaskReport } from './taskForm';

/** How long a task is watched, in seconds. After that the user may ask to look again. */
const patience: Readonly<Record<Task['kind'], number>> = {
  image: 600,
  midjourney: 600,
  music: 600,
  video: 1_800,
};
/** The longest time without a byte of a reply about a task, in seconds. */
const silence = 20;
/** A task is lost after so many replies in a row that do not know it. A gateway may need a moment to know a new one. */
const mostMisses = 3;
/** Failures of a question about a task that no later question can avoid. */
const final: ReadonlySet<FailureKind> = new Set([
  'unauthorized',
  'payment-required',
  'forbidden',
  'missing-key',
  'invalid-key',
  'invalid-url',
  'invalid-header',
  'insecure-address',
  'region-not-served',
  'certificate-rejected',
]);

/**
 * Watches a task until it is done, and adds its media to the answer. Asks at the times of `nextLook`, and only when the consumer has
 * taken everything so far, so that the task is stored before the first question. A question that fails does not fail the task.
 */
export async function watchTask(run: GenerationRun, task: Task, form: TaskForm): Promise<Ending> {
  return await new TaskWatch(run, task, form).follow();
}

class TaskWatch {
  private looks = 0;
  private misses = 0;
  private troubles = 0;
  /** How often the task was done without a result. */
  private doneLooks = 0;
  private retryAfter: number | undefined;
  private lastTrouble: Failure | undefined;
  private percent: number | null = null;
  private state: TaskState | undefined;
  private shownPreview: string | undefined;
  private call: Call;

  constructor(
    private readonly run: GenerationRun,
    private readonly task: Task,
    private readonly form: TaskForm,
  ) {
    const { gateway, modelId } = run.target;
    this.call = { gateway, modelId, url: gateway.baseUrl, secrets: [] };
  }

  async follow(): Promise<Ending> {
    const { run, task } = this;
    const { now, random } = run.tools;
    const end = now() + patience[task.kind] * 1_000;
    for (;;) {
      await run.taken();
      const { looks, troubles, retryAfter } = this;
      const age = now() - task.submittedAt;
      const delay = nextLook({ age, looks, troubles, retryAfter }, random());
      await run.wait(Math.min(delay, Math.max(0, end - now())));
      if (run.signal.aborted) return { outcome: 'cancelled' };
      // A wait that ended with the patience is shorter than the law allows, so it is not followed by a question.
      if (now() >= end) return failed(this.outOfPatience());
      const ending = await this.look();
      if (ending !== undefined) return ending;
    }
  }

  private outOfPatience(): Failure {
    const detail = this.lastTrouble?.detail;
    return failureOf(this.call, 'task-timeout', {
      seconds: patience[this.task.kind],
      ...(detail !== undefined && { detail }),
    });
  }

  /** Asks once. Returns the ending if that is known now. */
  private async look(): Promise<Ending | undefined> {
    const { run, task } = this;
    this.looks += 1;
    this.retryAfter = undefined;
    const end = await this.ask();
    if (end.kind === 'cancelled') return { outcome: 'cancelled' };
    if (end.kind !== 'replied') return this.trouble(end.failure);
    const { head, content } = end;
    if (content.bytes !== undefined && head.status < 300) {
      // The result itself instead of a report about it.
      run.parts.add({ kind: 'media', media: mediumOf(content.bytes, {}, `${mediaKind(task.kind)}/*`) });
      return { outcome: 'completed', finishReason: null };
    }
    const { text } = content;
    this.retryAfter = readRetryAfter(head.headers, run.tools.now());
    const reading = this.form.read(text);
    if (head.status === 401 && text.trim() === '' && this.form.mayUseSecretHeader === true) {
      // A midjourney-proxy of the user refuses a bearer token so.
      if (useSecretHeader(run)) return undefined;
    }
    if (head.status === 404 || reading.kind === 'missing') return this.miss();
    if (head.status >= 300) return this.trouble(failureOfStatus(this.call, head, text, run.tools.now()));
    return await this.read(reading, end);
  }

  private async read(
    reading: Exclude<TaskReading, { kind: 'missing' }>,
    { head }: Extract<ExchangeEnd, { kind: 'replied' }>,
  ): Promise<Ending | undefined> {
    if (reading.kind === 'error') return this.trouble(failureOfBilledError(this.call, reading.error, head));
    this.misses = 0;
    this.troubles = 0;
    const { report } = reading;
    switch (report.status) {
      case 'waiting':
      case 'running':
        this.progress(report.status, report.percent);
        await this.showPreview(report.preview);
        return undefined;
      case 'needs-input':
        this.progress(report.status, report.percent);
        this.run.parts.add({ kind: 'task-actions', actions: [modalAction] });
        return { outcome: 'completed', finishReason: null };
      case 'failed':
      case 'cancelled':
        return failed(this.taskFailure(report));
      case 'done':
        return await this.finish(report, head);
    }
  }

  private taskFailure({ reason, status, codes = [] }: TaskReport): Failure {
    const isRefused = classifyRefusal({ status: 200, codes, words: reason }) === 'prompt-refused';
    return failureOf(this.call, isRefused ? 'prompt-refused' : 'task-failed', {
      detail: reason === '' && status === 'cancelled' ? 'cancelled' : reason,
    });
  }

  private async finish(
    report: TaskReport,
    head: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  ): Promise<Ending | undefined> {
    const { run, task } = this;
    const kind = mediaKind(task.kind);
    let count = 0;
    const add = (media: Media | undefined): void => {
      if (media === undefined) return;
      count += 1;
      run.parts.add({ kind: 'media', media });
    };
    const path = this.form.contentPath?.(task);
    const content = async (): Promise<Uint8Array | undefined> =>
      path === undefined ? undefined : await fetchContent(run, atOrigin(run.target.gateway, path));
    for (const [at, found] of report.media.entries())
      add(await fetchMedium(run, found, kind, at === 0 ? content : undefined));
    if (count === 0 && report.text === undefined) {
      const bytes = await content();
      if (bytes !== undefined) add(mediumOf(bytes, {}, `${kind}/*`));
      // Some gateways have the content a moment after the task is done.
      else if (path !== undefined && this.doneLooks < mostMisses) {
        this.doneLooks += 1;
        return undefined;
      }
    }
    if (report.text !== undefined) run.parts.addText('text', report.text);
    if (report.actions !== undefined && report.actions.length > 0)
      run.parts.add({ kind: 'task-actions', actions: report.actions });
    if (run.signal.aborted) return { outcome: 'cancelled' };
    if (count === 0 && report.text === undefined)
      return failed(failureWithoutMedia(this.call, head, report.reason));
    return { outcome: 'completed', finishReason: null };
  }

  private progress(state: TaskState, percent: number | null): void {
    const next = percent === null ? this.percent : Math.max(percent, this.percent ?? 0);
    if (state === this.state && next === this.percent) return;
    this.state = state;
    this.percent = next;
    this.run.parts.add({ kind: 'task-progressed', state, percent: next });
  }

  private async showPreview(link: string | undefined): Promise<void> {
    if (link === undefined || link === this.shownPreview) return;
    this.shownPreview = link;
    const bytes = await fetchLink(this.run, link);
    if (bytes !== undefined && !this.run.signal.aborted)
      this.run.parts.add({ kind: 'preview', media: mediumOf(bytes, {}, 'image/*') });
  }

  private miss(): Ending | undefined {
    this.misses += 1;
    return this.misses >= mostMisses ? failed(failureOf(this.call, 'task-lost')) : undefined;
  }

  private trouble(failure: Failure): Ending | undefined {
    if (final.has(failure.kind)) return failed(failure);
    this.misses = 0;
    this.troubles += 1;
    this.lastTrouble = failure;
    this.retryAfter ??= failure.kind === 'rate-limited' ? failure.seconds : undefined;
    return undefined;
  }

  private async ask(): Promise<ExchangeEnd> {
    const { run, task } = this;
    const { tools, target } = run;
    const header =
      this.form.mayUseSecretHeader === true ? tools.keyHeaders.get(target.gateway.id) : undefined;
    const gateway = header === undefined ? target.gateway : { ...target.gateway, auth: { header } };
    const address = atOrigin(gateway, task.path);
    const access = { keys: tools.keys, network: tools.network() };
    const prepared = await prepareRequest(gateway, target.modelId, address, access, (url, headers) => ({
      method: 'GET',
      url,
      headers: { ...headers, accept: 'application/json' },
    }));
    if (prepared.failure !== undefined) return { kind: 'unsent', failure: prepared.failure };
    this.call = prepared.call;
    run.parts.hide(prepared.call.secrets);
    return await exchangeOnce(await tools.openTransport(), prepared.request, {
      call: prepared.call,
      signal: run.signal,
      timeouts: { connect: target.timeouts.connect, silence },
    });
  }
}
