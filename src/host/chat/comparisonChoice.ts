import type { Log } from '../../core/ports/log';
import { Emitter } from '../../shared/kit/emitter';
import type { ModelReference } from '../../shared/conversation/modelReference';

/** Which models the next prompt of a conversation goes to, when they are several. For one prompt only. */
export class ComparisonChoice {
  /** Fires when a conversation's models change. */
  readonly changed: Emitter<void>;
  private readonly chosen = new Map<string, readonly ModelReference[]>();
  private last: readonly ModelReference[] = [];

  constructor(log: Log) {
    this.changed = new Emitter((error) => {
      log.error(`A listener of the compared models failed: ${String(error)}`);
    });
  }

  /** The models of the next prompt; empty when it goes to one. */
  of(conversationId: string): readonly ModelReference[] {
    return this.chosen.get(conversationId) ?? [];
  }

  /** The models that were compared last in this window: likely to be chosen again. */
  get previous(): readonly ModelReference[] {
    return this.last;
  }

  /** Chooses models; fewer than two end the comparison. */
  choose(conversationId: string, models: readonly ModelReference[]): void {
    if (models.length > 1) {
      this.chosen.set(conversationId, models);
      this.last = models;
    } else this.chosen.delete(conversationId);
    this.changed.fire();
  }

  /** Hands over the models and forgets them. */
  take(conversationId: string): readonly ModelReference[] {
    const models = this.of(conversationId);
    if (models.length > 0) this.choose(conversationId, []);
    return models;
  }
}
