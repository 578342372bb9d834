import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import type { IconName } from '../kit/icon';
import { usePanel } from '../state/panelParts';

/** The first view of a new user: cards to pick a gateway. The host asks for the key. */
export function GatewayCards(): JSX.Element {
  const { store, t } = usePanel();
  const gateways = store.state.value?.gateways ?? [];
  return (
    <>
      <h2>{t('Choose your gateway')}</h2>
      <p class="welcome-text">
        {t(
          "Your key stays in VS Code's secret storage. Prompts are sent directly to the gateway that you choose, and nowhere else.",
        )}
      </p>
      <ul class="cards" role="list">
        {gateways.map(({ id, name, description }) => (
          <Card key={id} gatewayId={id} icon="plug" name={name} description={description} />
        ))}
        <Card
          gatewayId={null}
          icon="server"
          name={t('Other gateway or local server…')}
          description={t('Any OpenAI-compatible address')}
        />
      </ul>
    </>
  );
}

interface CardProps {
  /** Null means another gateway. */
  readonly gatewayId: string | null;
  readonly icon: IconName;
  readonly name: string;
  readonly description: string;
}

function Card({ gatewayId, icon, name, description }: CardProps): JSX.Element {
  const { post } = usePanel();
  return (
    <li>
      <button
        type="button"
        class="card"
        onClick={() => {
          post('add-gateway', { gatewayId });
        }}
      >
        <Icon name={icon} />
        <span class="card-text">
          <span class="card-name">{name}</span>
          <span class="card-description">{description}</span>
        </span>
        <Icon name="chevron-right" />
      </button>
    </li>
  );
}
