import type { JSX } from 'preact';
import { addCosts } from '../kit/addCosts';
import { sourcesOf, writeSavings, writeTotals } from '../kit/describeCosts';
import type { ChatCost } from '../state/chatCost';
import { usePanel } from '../state/panelParts';

/** What the chat has cost, with the requests that Parley made by itself. Draws nothing while no cost is known. */
export function CostTable({ cost: { answers, own } }: { readonly cost: ChatCost }): JSX.Element | null {
  const { language, t } = usePanel();
  const all = [...answers.costs, ...own.costs];
  if (all.length === 0) return null;
  const number = new Intl.NumberFormat(language);
  const unknown = answers.count + own.count - all.length;
  const saved = writeSavings(addCosts(all), language);
  const rows = [
    { label: t('Answers ({0})', number.format(answers.count)), requests: answers },
    { label: t('Requests by Parley ({0})', number.format(own.count)), requests: own },
  ];
  return (
    <section>
      <div class="context-heading">
        <h3>{t('Cost of This Chat')}</h3>
      </div>
      <table class="context-parts" aria-label={t('Cost of This Chat')}>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('Requests')}</th>
            <th scope="col">{t('Cost')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ requests }) => requests.count > 0)
            .map(({ label, requests: { costs } }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{costs.length === 0 ? t('Unknown') : writeTotals(addCosts(costs), language)}</td>
              </tr>
            ))}
        </tbody>
        {own.costs.length > 0 && answers.costs.length > 0 && (
          <tfoot>
            <tr>
              <th scope="row">{t('Total')}</th>
              <td>{writeTotals(addCosts(all), language)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {unknown > 0 && (
        <p class="context-note">
          {unknown === 1
            ? t('The cost of 1 request is unknown and not included.')
            : t('The cost of {0} requests is unknown and not included.', number.format(unknown))}
        </p>
      )}
      {saved !== '' && <p class="context-note">{t('Cached tokens saved {0}.', saved)}</p>}
      <p class="context-note">{sourcesOf(all, t).join(' ')}</p>
    </section>
  );
}
