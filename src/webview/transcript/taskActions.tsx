import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { TaskAction } from '../../shared/answer/generation';
import { gridActionOf, taskActionName } from '../../shared/answer/taskActionName';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

interface Button {
  readonly index: number;
  readonly name: string;
  /** What the button shows if that is less than its name. */
  readonly label: string;
}

interface TaskActionsProps {
  readonly id: string;
  readonly actions: readonly TaskAction[];
}

/** The buttons of a finished task: those of a grid in two rows, and the others, of which there can be many, under "More". */
export function TaskActions({ id, actions }: TaskActionsProps): JSX.Element {
  const { t } = usePanel();
  const more = useId();
  const open = useSignal(false);
  const rows: Record<'upscale' | 'variation' | 'other', Button[]> = { upscale: [], variation: [], other: [] };
  for (const [index, action] of actions.entries()) {
    const grid = gridActionOf(action);
    const name = taskActionName(action, index, t);
    rows[grid?.kind ?? 'other'].push({
      index,
      name,
      label: grid === undefined ? name : String(grid.picture),
    });
  }
  const hasGrid = rows.upscale.length + rows.variation.length > 0;
  return (
    <div class="task-actions">
      <Row id={id} name={t('Upscale')} buttons={rows.upscale} isNamed />
      <Row id={id} name={t('Variations')} buttons={rows.variation} isNamed />
      {hasGrid && rows.other.length > 0 && (
        <button
          type="button"
          class="link-button task-more"
          aria-expanded={open.value}
          aria-controls={more}
          onClick={() => {
            open.value = !open.peek();
          }}
        >
          {t('More')}
          <Icon name={open.value ? 'chevron-down' : 'chevron-right'} />
        </button>
      )}
      <div id={more}>
        {(!hasGrid || open.value) && (
          <Row id={id} name={t('More Actions for the Picture')} buttons={rows.other} isNamed={false} />
        )}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly name: string;
  readonly buttons: readonly Button[];
  /** True if the row shows its name, and its buttons only their numbers. */
  readonly isNamed: boolean;
}

function Row({ id, name, buttons, isNamed }: RowProps): JSX.Element | null {
  const { post, follower } = usePanel();
  if (buttons.length === 0) return null;
  return (
    <div class="task-row" role="group" aria-label={name}>
      {isNamed && (
        <span class="task-row-name" aria-hidden="true">
          {name}
        </span>
      )}
      {buttons.map((button) => (
        <button
          key={button.index}
          type="button"
          class="button secondary"
          aria-label={button.name}
          title={button.name}
          onClick={(event) => {
            // The second click of a double click must not start, and pay, the work twice.
            if (event.detail > 1) return;
            follower.follow();
            post('run-task-action', { id, index: button.index });
          }}
        >
          {button.label}
        </button>
      ))}
    </div>
  );
}
